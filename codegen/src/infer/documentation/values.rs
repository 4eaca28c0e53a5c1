//! What `\value` sections say.

use super::clause::{self, Reading};
use super::subjects::{Subject, returns};
use super::words::{self, Sentence, Token};
use super::{Said, SaidOfValue, classes};
use crate::ir::Page;
use crate::ir::types::{Atomic, Term, Type};

/// What is said about the result of the function `name`, which may be one of several on the page.
pub fn value(name: &str, page: &Page) -> SaidOfValue {
    // `x` changed is what `f(x) <- value` gives, whatever the page says about `f(x)`.
    if name.contains("<-") {
        return SaidOfValue::default();
    }
    let all = words::sentences(&page.value);
    let subject = Subject::new(name, page);
    let (sentences, named) = subject.own(&all);
    let mut said = SaidOfValue::default();
    if sentences.is_empty() && !all.is_empty() || !named && subject.aside {
        return said;
    }
    said.same_as = sentences.first().and_then(|first| same_as(first, page));
    said.nothing = sentences.first().is_some_and(nothing);
    let mut reading = if said.nothing { Reading::default() } else { read(&sentences, subject.shared) };
    if let Some(class) = sentences.iter().find_map(|one| classed(&one.tokens)) {
        reading.ty = reading.ty.map(|ty| if bare(&ty) { class } else { ty });
    }
    if reading.ty.as_ref().is_some_and(|ty| ty.only().is_some_and(|term| matches!(term, Term::List(_)))) {
        reading.ty = subject.list(page);
    }
    reading.nullable |= reading.ty.is_some() && sentences.iter().any(null_returned);
    // Most lists that are described by their components have a class as well.
    if reading.ty.as_ref().is_some_and(|ty| ty.terms().any(|term| matches!(term, Term::List(_)))) {
        reading.plain = false;
    }
    if let Some(ty) = reading.ty.take_if(|ty| ty.is_never()) {
        reading.nullable |= ty.takes_null();
    }
    let typed = reading.ty.is_some();
    said.whole = Said {
        ty: reading.ty,
        scalar: reading.many.map(|many| !many),
        nullable: reading.nullable,
        plain: reading.plain && typed && (named || !subject.shared),
        place: words::place(&page.value),
        ..Said::default()
    };
    for item in &page.components {
        for component in &item.names {
            said.components.push((component.clone(), super::argument(component, item, None)));
        }
    }
    said
}

/// Whether the type is one of R's own, to which a class can be added.
fn bare(ty: &Type) -> bool {
    ty.terms().all(|term| matches!(term, Term::List(_) | Term::Vector(_) | Term::Matrix(_)))
}

/// The class that a sentence gives to the result: `It inherits from class "x"`, `a list, inheriting from class "x"`.
fn classed(tokens: &[Token]) -> Option<Type> {
    let at = tokens.iter().position(|one| matches!(one.word(), Some("class" | "classes")))?;
    let word = |at: Option<usize>| at.and_then(|at| tokens[at].word()).unwrap_or_default();
    let inherits = (1..=3).any(|back| matches!(word(at.checked_sub(back)), "inheriting" | "inherits"));
    let subject = tokens[..at].iter().take(4).any(|one| {
        matches!(one.word(), Some("it" | "value" | "result" | "list" | "returned" | "this" | "output"))
    });
    let is = (1..=4).any(|back| matches!(word(at.checked_sub(back)), "is" | "has" | "with" | "given"));
    let when = tokens[..at].iter().any(|one| matches!(one.word(), Some("if" | "when")));
    let parts = tokens[..at]
        .iter()
        .any(|one| matches!(one.word(), Some("component" | "components" | "elements" | "containing")));
    if when || !(inherits || subject && is && !parts) {
        return None;
    }
    classes::class_names(tokens, at + 1, false).map(|(ty, _)| ty)
}

/// The argument whose type the result has: `x, invisibly`, `an object of the same class as x`, `its argument`.
fn same_as(sentence: &Sentence, page: &Page) -> Option<String> {
    let tokens = &sentence.tokens;
    let argument = |token: &Token| {
        let name = token.code()?;
        page.arguments.iter().any(|one| one.names.iter().any(|other| other == name)).then(|| name.to_owned())
    };
    let word = |at: usize| tokens.get(at).and_then(Token::word).unwrap_or_default();
    if tokens.iter().any(|one| {
        matches!(one.word(), Some("if" | "or" | "otherwise" | "unless" | "attribute" | "list" | "length"))
    }) {
        return None;
    }
    // "of the same class as `x`", "of the same type as the input"
    for at in 0..tokens.len() {
        let same = word(at) == "same"
            && matches!(word(at + 1), "class" | "classes" | "type" | "kind" | "mode")
            && word(at + 2) == "as";
        if same {
            let next = at + 3 + usize::from(matches!(word(at + 3), "the" | "its" | "argument" | "input"));
            return match tokens.get(next) {
                Some(token) if argument(token).is_some() => argument(token),
                Some(token) if matches!(token.word(), Some("input" | "argument" | "object" | "first")) => {
                    Some(String::new())
                }
                _ => None,
            };
        }
    }
    let mut at = after_verb(tokens);
    while matches!(
        word(at),
        "the"
            | "an"
            | "a"
            | "its"
            | "invisibly"
            | "modified"
            | "updated"
            | "original"
            | "object"
            | "argument"
            | "unchanged"
            | "input"
            | "copy"
            | "version"
            | "of"
            | "invisible"
            | "first"
    ) {
        at += 1;
    }
    let ends = |at: usize| {
        tokens.get(at).is_none_or(|one| {
            matches!(one, Token::Mark(',' | '(' | ';'))
                || matches!(
                    one.word(),
                    Some(
                        "invisibly"
                            | "with"
                            | "itself"
                            | "is"
                            | "unchanged"
                            | "after"
                            | "where"
                            | "but"
                            | "that"
                            | "they"
                            | "passed"
                    )
                )
        })
    };
    let before = at.checked_sub(1).map(word).unwrap_or_default();
    match tokens.get(at) {
        Some(token) if argument(token).is_some() && ends(at + 1) => argument(token),
        _ if matches!(before, "argument" | "input") && ends(at) && word(at) != "that" => Some(String::new()),
        _ if before == "object" && word(at) == "they" && word(at + 2) == "passed" => Some(String::new()),
        _ => None,
    }
}

/// `NULL is returned`, `returns NULL`.
fn null_returned(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    tokens.iter().any(|one| one.code() == Some("NULL"))
        && tokens.iter().any(|one| matches!(one.word(), Some("returned" | "returns" | "return")))
}

/// Whether the sentence says that nothing comes back.
fn nothing(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let word = |at: usize| tokens.get(at).and_then(Token::word).unwrap_or_default();
    let has = |word: &str| tokens.iter().any(|one| one.is(word));
    let null = |at: usize| {
        matches!(tokens.get(at), Some(Token::Code(code)) if code == "NULL" || code == "invisible(NULL)")
            || word(at) == "null"
    };
    if has("or") || has("otherwise") || has("if") || has("unless") || has("when") {
        return false;
    }
    let at = after_verb(tokens);
    let at = if matches!(word(at), "an" | "a" | "invisible" | "invisibly") { at + 1 } else { at };
    let at = if matches!(word(at), "invisible" | "invisibly") { at + 1 } else { at };
    null(at)
        || null(0)
        || matches!(word(at), "none" | "nothing")
        || word(0) == "none"
        || word(at) == "no" && (has("value") || has("values") || has("returned"))
        || (word(0) == "does" || has("does")) && has("not") && has("return")
        || has("side-effect")
        || has("side-effects")
        || has("side") && (has("effect") || has("effects"))
        || word(at) == "plot" && tokens.len() < at + 6
}

/// After the words that lead to the result: `the function returns`, `the value is`.
fn after_verb(tokens: &[Token]) -> usize {
    const LONGEST_SUBJECT: usize = 16;
    let word = |at: usize| tokens.get(at).and_then(Token::word).unwrap_or_default();
    let verb = tokens.iter().take(LONGEST_SUBJECT).position(returns);
    let Some(verb) = verb else {
        // "The function draws ...": no result at all.
        let function = matches!(word(0), "the" | "this" | "these")
            && matches!(word(1), "function" | "functions" | "method");
        return if function { tokens.len() } else { 0 };
    };
    // "A list is returned": the subject is the result.
    if matches!(word(verb), "is" | "are" | "be") {
        let about = tokens[..verb].iter().any(|one| {
            matches!(
                one.word(),
                Some(
                    "value"
                        | "values"
                        | "result"
                        | "results"
                        | "output"
                        | "returned"
                        | "object"
                        | "return"
                        | "it"
                        | "this"
                )
            )
        });
        let of = tokens[..verb].iter().any(|one| matches!(one.word(), Some("of" | "which" | "that")));
        if !about || of || matches!(word(verb + 1), "returned" | "produced" | "computed" | "given" | "not") {
            return 0;
        }
    }
    // "If the method returns ...": no verb of the clause.
    if matches!(word(0), "a" | "an")
        || tokens[..verb]
            .iter()
            .any(|one| matches!(one.word(), Some("which" | "that" | "whose" | "if" | "when" | "where")))
    {
        return 0;
    }
    let mut at = verb + 1;
    while matches!(word(at), "invisibly" | "either" | "as" | "always" | "the" | "usually")
        || tokens.get(at).is_some_and(|one| one.mark(':'))
        || tokens.get(at).is_some_and(|one| one.mark(','))
    {
        at += 1;
    }
    at
}

/// Reads the sentences about one function.
fn read(sentences: &[Sentence], shared: bool) -> Reading {
    let mut reading = Reading::default();
    for (index, sentence) in sentences.iter().enumerate() {
        let tokens = &sentence.tokens;
        let word = |at: usize| tokens.get(at).and_then(Token::word).unwrap_or_default();
        let mut at = 0;
        let mut plain = index == 0;
        let conditional =
            matches!(word(0), "if" | "when" | "for" | "otherwise" | "in" | "unless" | "depending" | "with");
        if conditional {
            let comma = tokens.iter().position(|one| one.mark(',') || one.mark(':') || one.is("then"));
            at = match comma {
                Some(comma) => comma + 1,
                None if word(0) == "otherwise" => 1,
                None => continue,
            };
            plain = false;
        }
        let rest = &tokens[at.min(tokens.len())..];
        let from = after_verb(rest);
        // Later sentences count only where they say what else is returned, or where nothing has been said.
        let tells = conditional
            || from > 0
                && rest[..from]
                    .iter()
                    .any(|one| matches!(one.word(), Some("returns" | "return" | "value" | "result")));
        if index > 0 && reading.ty.is_some() && !tells {
            continue;
        }
        if index > 1 && reading.ty.is_none() && !tells {
            continue;
        }
        let mut part = Reading::default();
        clause::result(&rest[from..], &mut part);
        // "`pnorm` gives the distribution function" at each of some points.
        let gives = from > 0
            && rest[..from].iter().any(|one| matches!(one.word(), Some("gives" | "give" | "are" | "is")));
        if gives && part.ty.as_ref().is_some_and(|ty| ty.only() == Some(&Term::Function(None))) && !part.plain
        {
            part.ty = Some(Type::vector(Atomic::Double));
        }
        if shared && !part.plain && !part.vector {
            part.ty = part.ty.map(|ty| {
                if ty.terms().all(|term| matches!(term, Term::Vector(one) if one.atomic != Atomic::Logical)) {
                    ty.vectors()
                } else {
                    ty
                }
            });
        }
        let missing = part.ty.is_none();
        // A (log-)likelihood is an object of its own class more often than a number.
        if rest[from..].iter().take(6).any(|one| matches!(one.word(), Some("log-likelihood" | "likelihood")))
            && !part.plain
        {
            part.ty = None;
        }
        if let Some(ty) = part.ty {
            if reading.ty.is_none() {
                reading.many = part.many;
                reading.plain = plain && part.plain;
            }
            reading.ty = Some(match reading.ty.take() {
                Some(old) => old.or(ty),
                None => ty,
            });
        } else if index == 0 && !conditional && reading.ty.is_none() && part.seen {
            // The first sentence is about a thing without a type: what comes later describes it.
            break;
        }
        reading.nullable |= part.nullable;
        // "If y, a fit of unknown class is returned".
        let other = conditional
            && part.seen
            && missing
            && rest.iter().any(|one| matches!(one.word(), Some("returned" | "returns")));
        reading.open |= part.open || other && reading.ty.is_some();
    }
    if reading.open {
        reading.ty = None;
    }
    reading
}
