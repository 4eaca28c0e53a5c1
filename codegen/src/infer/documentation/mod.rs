//! What help pages say about types, in words.
//!
//! A text becomes sentences ([`words`]), a sentence noun phrases ([`phrase`], with the nouns of [`vocabulary`]) that are
//! read together ([`clause`]); [`choices`] finds the strings of an enumeration, [`values`] the part of a `\value`
//! section that is about one of the page's functions.

mod choices;
mod classes;
mod clause;
mod complement;
mod flags;
mod later;
mod nouns;
mod phrase;
mod subjects;
#[cfg(test)]
mod tests;
mod unions;
mod values;
mod vocabulary;
mod words;

use crate::ir::Argument;
use crate::ir::code::Expr;
use crate::ir::types::{Atomic, Term, Type};

pub use values::value;

/// What a text says about one value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// The type that its words name; `None` where they name none.
    pub ty: Option<Type>,
    /// Whether the words settle that it is one element (`a number`, `logical indicating`) or several (`a vector of`).
    pub scalar: Option<bool>,
    /// Whether NULL is said to be taken.
    pub nullable: bool,
    /// Whether it is said that it can be left out.
    pub optional: bool,
    /// The strings that are listed as the only choices.
    pub choices: Vec<String>,
    /// How plain the words are: the type stands at the head of the sentence, not somewhere in it.
    pub plain: bool,
    /// Functions whose parameter of the same name this is, where nothing else is said: `passed to f`, `see f`, `as in f`.
    pub like: Vec<String>,
    /// The sentence that says it, on one line, shortened.
    pub place: String,
}

/// What a page says about a result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaidOfValue {
    /// The result as a whole.
    pub whole: Said,
    /// Its components, from the `\item`s of `\value`.
    pub components: Vec<(String, Said)>,
    /// The argument whose type the result has (`x, invisibly`); empty for the first one, where it is not named.
    pub same_as: Option<String>,
    /// Whether the page says that nothing of use is returned, that it is invisible, or NULL.
    pub nothing: bool,
}

/// What is said about an argument. `default` is its default in the code.
pub fn argument(name: &str, said: &Argument, default: Option<&Expr>) -> Said {
    let sentences = words::sentences(&said.text);
    // "formula and data arguments", said of two together, name one type each.
    let apart = said.names.len() > 1 && clause::paired(&sentences);
    let reading = clause::read(name, &sentences);
    let choices = choices::choices(&sentences);
    let mut ty = reading.ty.clone();
    let mut plain = reading.plain;
    // An enumeration is of strings, whatever else the words seem to say.
    if !choices.is_empty() && ty.is_none() {
        ty = Some(Type::scalar(Atomic::Character));
    }
    let shape = default.map_or(Shape::Unknown, shape);
    // "logicals indicating ...", said of several arguments together: one each.
    let together = said.names.len() > 1 && reading.many == Some(true) && !reading.vector;
    let many = if together { None } else { reading.many };
    // "Should the weighted or ... be used?" with `c("weighted", ...)`: the default knows better.
    let asks = reading.flag && matches!(shape, Shape::One(Atomic::Character) | Shape::Many(_));
    let logical = |term: &Term| matches!(term, Term::Vector(one) if one.atomic == Atomic::Logical);
    if together && ty.as_ref().is_some_and(|ty| ty.terms().all(logical)) {
        ty = ty.map(|ty| clause::resized(ty, false));
    }
    if let Some(old) = ty.take().filter(|_| !asks && !apart) {
        ty = settle(old, many, &shape, &mut plain);
    }
    let like = if ty.is_none() { sentences.first().map(later::like).unwrap_or_default() } else { Vec::new() };
    plain &= ty.is_some();
    Said {
        ty,
        like,
        scalar: many.map(|many| !many),
        nullable: reading.nullable || matches!(default, Some(Expr::Null)),
        optional: reading.optional,
        choices,
        plain,
        place: words::place(&said.text),
    }
}

/// What a default is, as far as it says how to read the words.
#[derive(Debug, PartialEq)]
enum Shape {
    /// No default, NULL, or one that has to be evaluated.
    Unknown,
    /// One literal of this type.
    One(Atomic),
    /// `c(...)` of literals of this type.
    Many(Atomic),
}

fn shape(default: &Expr) -> Shape {
    let literal = |expr: &Expr| match expr {
        Expr::Logical(Some(_)) => Some(Atomic::Logical),
        Expr::Integer(_) | Expr::Double(_) => Some(Atomic::Double),
        Expr::String(_) => Some(Atomic::Character),
        _ => None,
    };
    if let Some(atomic) = literal(default) {
        return Shape::One(atomic);
    }
    let Some(call) = default.call() else { return Shape::Unknown };
    match call.name() {
        Some("-") if call.args.len() == 1 => call.arg(0).map_or(Shape::Unknown, shape),
        Some("c") => match call.arg(0).and_then(literal) {
            Some(atomic) => Shape::Many(atomic),
            None => Shape::Unknown,
        },
        Some(":" | "seq" | "seq_len" | "seq_along" | "rep" | "range") => Shape::Many(Atomic::Double),
        _ => Shape::Unknown,
    }
}

/// The words and the default together.
fn settle(ty: Type, many: Option<bool>, shape: &Shape, plain: &mut bool) -> Option<Type> {
    let ty = match (many, shape) {
        // `numeric`, `character`: the default settles how many.
        (None, Shape::One(_)) => clause::resized(ty, false),
        (_, Shape::Many(_)) => ty.vectors(),
        _ => ty,
    };
    let (Shape::One(atomic) | Shape::Many(atomic)) = *shape else { return Some(ty) };
    let fits = ty.terms().any(|term| match term {
        Term::Vector(vector) => {
            vector.atomic.takes(atomic) && (vector.atomic == Atomic::Logical) == (atomic == Atomic::Logical)
        }
        _ => false,
    });
    if fits {
        return Some(ty);
    }
    // The default is of another type than the words name: both, where the words are plain; else they meant something else.
    if !*plain {
        return None;
    }
    *plain = false;
    Some(ty.or(vocabulary::vector(atomic, *shape == Shape::Many(atomic))))
}
