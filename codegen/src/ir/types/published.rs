//! Types in the words of the published notation only.
//!
//! Ours says more than the paper's: the elements of a matrix, the signature of a function that is handed over, a function
//! that never returns. `rbindgen types` prints what other tools for the paper's files can read.

use std::fmt;

use super::notation::quoted;
use super::{Arrow, Term, Type};
use crate::ir::Signature;

/// What starts something else in the notation, and so cannot be a word of its own.
const WORDS: [&str; 9] = ["class", "list", "struct", "tuple", "any", "null", "lgl", "int", "dbl"];

impl Type {
    /// The same, as far as the published notation can say it.
    #[must_use]
    pub fn published(&self) -> Type {
        match self {
            Type::Any => Type::Any,
            // What nobody ever saw has no word.
            Type::Union(terms) if terms.is_empty() => Type::Any,
            Type::Union(terms) => terms.iter().fold(Type::never(), |ty, term| ty.or(published(term))),
        }
    }
}

fn published(term: &Term) -> Type {
    match term {
        Term::Matrix(_) => Term::Matrix(None).into(),
        Term::Function(_) => Type::function(),
        Term::List(element) => Term::List(Box::new(element.published())).into(),
        Term::Record(fields) if fields.iter().any(|(name, _)| name == "<" || name == ">") => Type::list(),
        Term::Record(fields) => {
            Term::Record(fields.iter().map(|(name, ty)| (name.clone(), ty.published())).collect()).into()
        }
        Term::Other(word) if !is_word(word) => Type::Any,
        other => other.clone().into(),
    }
}

fn is_word(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))
        && !WORDS.contains(&word)
}

/// A signature as the published files have it: ``type `area` <class<`function`>, double, ...> => double;``.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a>(pub &'a Signature);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Signature { name, parameters, returns, overloads, .. } = self.0;
        f.write_str("type ")?;
        quoted(f, name, '`')?;
        for (index, overload) in overloads.iter().enumerate() {
            let published = parameters.iter().zip(&overload.parameters).map(|(parameter, ty)| match ty {
                _ if parameter.name == "..." => Term::Dots.into(),
                // An argument that is left out: of what the notation has words for, NULL is the nearest.
                ty if ty.is_never() => Type::null(),
                ty => ty.published(),
            });
            let arrow = Arrow { parameters: published.collect(), returns: overload.returns.published() };
            write!(f, "{}{arrow}", if index == 0 { " " } else { " | " })?;
        }
        if !overloads.is_empty() {
            return f.write_str(";");
        }
        let parameters = parameters.iter().map(|parameter| match parameter.name.as_str() {
            "..." => Term::Dots.into(),
            // Whatever else holds `...` would be read as the parameter itself.
            _ => parameter.position.ty.clone().filter(|term| *term != Term::Dots).published(),
        });
        let arrow = Arrow { parameters: parameters.collect(), returns: returns.ty.published() };
        write!(f, " {arrow};")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Confidence, Mode, Overload, Parameter, Position};

    fn position(text: &str) -> Position {
        Position { ty: text.parse().unwrap(), confidence: Confidence::None, evidence: Vec::new() }
    }

    #[test]
    fn what_the_paper_has_no_word_for() {
        for (ours, theirs) in [
            ("matrix<double> | double[]", "double[] | class<`matrix`>"),
            ("(<double> => double) | null", "class<`function`> | null"),
            ("list<matrix<logical>>", "list<class<`matrix`>>"),
            ("struct<`<`: double>", "list<any>"),
            ("never", "any"),
            ("externalptr", "externalptr"),
        ] {
            assert_eq!(ours.parse::<Type>().unwrap().published().to_string(), theirs, "{ours}");
        }
        assert_eq!(Type::from(Term::Other("class".into())).published(), Type::Any);
    }

    #[test]
    fn a_line() {
        let parameter = |name: &str, text| Parameter {
            name: name.into(),
            optional: false,
            open: false,
            mode: Mode::Value,
            position: position(text),
            choices: Vec::new(),
            dots: None,
        };
        let signature = Signature {
            name: "a`b\n\\".into(),
            parameters: vec![
                parameter("f", "(<any> => any)"),
                parameter("...", "any"),
                parameter("n", "?double"),
            ],
            returns: position("double | class<`lm`>"),
            invisible: false,
            overloads: Vec::new(),
        };
        assert_eq!(
            Line(&signature).to_string(),
            "type `a\\`b\\n\\\\` <class<`function`>, ..., double | null> => (double | class<`lm`>);"
        );
        let overload = |types: [&str; 3], returns: &str| Overload {
            parameters: types.iter().map(|ty| ty.parse().unwrap()).collect(),
            returns: returns.parse().unwrap(),
        };
        let overloads = vec![
            overload(["class<`a`>", "any", "never"], "never"),
            overload(["env", "any", "double"], "env"),
        ];
        let signature = Signature { name: "g".into(), overloads, ..signature };
        assert_eq!(
            Line(&signature).to_string(),
            "type `g` <class<`a`>, ..., null> => any | <env, ..., double> => env;"
        );
    }
}
