//! Types that `or` joins.

use super::clause::Reading;
use super::flags::is_flag;
use super::nouns::named_type;
use super::phrase::{Phrase, after_parenthesis, phrase};
use super::vocabulary::{self, Noun};
use super::words::Token;
use crate::ir::types::{Atomic, Term, Type, Vector};

/// Reads the noun phrase at `at` with what an `or` joins to it.
pub fn union_at(tokens: &[Token], at: usize, plain: bool, reading: &mut Reading) {
    if let Some((ty, many)) = one_of(tokens, at) {
        reading.add(ty);
        reading.many = many;
        reading.plain = plain;
        return;
    }
    let Some(head) = phrase(tokens, at) else {
        // "`a`" or a quoted word first: strings, if another joins.
        if let Some(Token::Quoted(_)) = tokens.get(at) {
            reading.add(Type::scalar(Atomic::Character));
            alternatives(tokens, at + 1, reading, true);
        } else if let Some(comma) = tokens.iter().skip(at).position(|one| one.mark(',')) {
            // "one of the units listed, a string"
            if let Some(said) = phrase(tokens, at + comma + 1)
                .filter(|said| said.strong && said.article && said.many.is_some())
            {
                reading.many = said.many;
                said.ty.into_iter().for_each(|ty| reading.add(ty));
            }
        }
        return;
    };
    reading.seen = true;
    // "The function is generic": a subject. "The response: a vector", "the data, a matrix": what follows says it.
    let behind = tokens.get(head.end);
    let passive = tokens.get(head.end + 1).is_some_and(|one| {
        matches!(
            one.word(),
            Some(
                "returned"
                    | "produced"
                    | "computed"
                    | "given"
                    | "created"
                    | "invisibly"
                    | "required"
                    | "used"
            )
        )
    });
    if behind.is_some_and(|one| matches!(one.word(), Some("is" | "are"))) && head.article && !passive {
        if let Some(said) = phrase(tokens, head.end + 1).filter(|said| said.strong) {
            reading.many = said.many;
            said.ty.clone().into_iter().for_each(|ty| reading.add(ty));
            chain(tokens, &said, reading);
        }
        return;
    }
    if head.ty.is_none() && behind.is_some_and(|one| matches!(one, Token::Mark(':' | ',' | ';' | '-' | '(')))
    {
        let after = match behind {
            Some(Token::Mark('(')) => after_parenthesis(tokens, head.end),
            _ => head.end + 1,
        };
        let after = if tokens.get(after).is_some_and(|one| matches!(one, Token::Mark(':' | ',' | '-'))) {
            after + 1
        } else {
            after
        };
        if is_flag("", &tokens[after.min(tokens.len())..], false) {
            reading.add(Type::scalar(Atomic::Logical));
            reading.flag = true;
            return;
        }
        if let Some(said) = phrase(tokens, after).filter(|said| said.strong) {
            reading.many = said.many;
            said.ty.clone().into_iter().for_each(|ty| reading.add(ty));
            chain(tokens, &said, reading);
            return;
        }
    }
    reading.plain = plain && head.strong;
    reading.many = head.many;
    reading.vector = head.noun == Some(Noun::Vector);
    reading.unknown = head.unknown;
    reading.object = head.ty.is_none() && head.noun == Some(Noun::Object);
    if let Some(ty) = share(tokens, &head).or_else(|| head.ty.clone()) {
        reading.add(ty);
    }
    chain(tokens, &head, reading);
}

/// `one of "a", "b"`, `one of TRUE and FALSE`, `one of the names ...`.
fn one_of(tokens: &[Token], at: usize) -> Option<(Type, Option<bool>)> {
    let mut at = at;
    while tokens.get(at).is_some_and(|one| matches!(one.word(), Some("a" | "either" | "any" | "is" | "be"))) {
        at += 1;
    }
    let one = tokens.get(at)?.is("one") && tokens.get(at + 1)?.is("of");
    let from = if one { at + 2 } else { at };
    let listed: Vec<&Token> = tokens[from.min(tokens.len())..]
        .iter()
        .take_while(|one| {
            matches!(one, Token::Quoted(_) | Token::Code(_) | Token::Mark(',' | ':' | '(' | '/'))
                || matches!(one.word(), Some("or" | "and" | "the" | "strings" | "following" | "either"))
        })
        .collect();
    let names = listed.iter().filter_map(|one| match one {
        Token::Quoted(name) => Some(name),
        Token::Code(name) if named_type(name).is_none() => Some(name),
        _ => None,
    });
    let names: Vec<&String> = names.collect();
    let quoted = listed.iter().filter(|one| matches!(one, Token::Quoted(_))).count();
    let enough = if one { 1 } else { 2 };
    // "either "a" or "b" objects"
    let objects = tokens.get(from + listed.len()).is_some_and(|next| next.is("object") || next.is("objects"));
    if objects && names.len() >= enough && names.iter().all(|name| vocabulary::class_like(name)) {
        return Some((names.into_iter().map(|name| vocabulary::class(name)).collect(), None));
    }
    if quoted >= enough {
        return Some((Type::scalar(Atomic::Character), Some(false)));
    }
    if !one {
        return None;
    }
    let of = phrase(tokens, from)?;
    matches!(of.noun, Some(Noun::Atomic(_) | Noun::Text)).then_some(())?;
    let ty = of.ty?.map(|term| match term {
        Term::Vector(vector) => Term::Vector(Vector { scalar: true, ..vector }),
        other => other,
    });
    Some((ty, Some(false)))
}

/// `numeric or character vector`: the first takes the second's noun.
fn share(tokens: &[Token], head: &Phrase) -> Option<Type> {
    let atomic = head.bare?;
    let next = tokens.get(head.end)?;
    if !(next.is("or") || next.is("and") || next.mark('/') || next.mark(',')) {
        return None;
    }
    let other = phrase(tokens, head.end + 1)?;
    if other.article {
        return None;
    }
    match other.noun? {
        Noun::Vector => Some(Type::vector(atomic)),
        Noun::Scalar => Some(Type::scalar(atomic)),
        Noun::Matrix => Some(Term::Matrix(None).into()),
        _ => None,
    }
}

/// The alternatives that follow a phrase directly, then those later in the sentence.
fn chain(tokens: &[Token], head: &Phrase, reading: &mut Reading) {
    let mut at = head.end;
    while let Some(joint) = tokens.get(at) {
        if joint.mark('(') {
            // "a data frame (or list)"; any other aside is passed over.
            let or = tokens.get(at + 1).is_some_and(|one| one.is("or"));
            at = if or { at + 1 } else { after_parenthesis(tokens, at) };
            if !or {
                continue;
            }
        } else if joint.mark(')') {
            at += 1;
            continue;
        }
        let Some(joint) = tokens.get(at) else { break };
        let or = joint.is("or") || joint.mark('/');
        let comma = joint.mark(',');
        if !or && !comma {
            break;
        }
        let mut next = at + 1;
        if comma && tokens.get(next).is_some_and(|one| one.is("or")) {
            next += 1;
        }
        let explicit = or || next == at + 2;
        // A comma alone joins only where an `or` ends the list.
        if !explicit && !tokens[next..].iter().take(12).any(|one| one.is("or")) {
            break;
        }
        let Some(found) = alternative(tokens, next, reading) else {
            open(tokens, next, reading);
            reading.open |= joint.mark('/');
            break;
        };
        // "a fitted model or a formula": more than the formula.
        reading.open |= head.ty.is_none() && matches!(head.noun, Some(Noun::Object | Noun::Vague)) && or;
        if head.unknown {
            add(reading, Type::vector(Atomic::Double));
        }
        let vectors = found.ty.terms().all(|term| matches!(term, Term::Vector(_)));
        // "a vector of names or numbers": elements.
        let element = head.complement && !found.article && explicit && vectors;
        add(reading, if element { found.ty.vectors() } else { found.ty });
        at = found.end;
    }
    alternatives(tokens, at, reading, false);
}

/// An `or` that joins an object of unknown type.
fn open(tokens: &[Token], at: usize, reading: &mut Reading) {
    let unknown = phrase(tokens, at).filter(|read| read.ty.is_none() && read.noun == Some(Noun::Object));
    reading.open |= unknown.is_some();
}

pub fn add(reading: &mut Reading, ty: Type) {
    let only_null = ty.only() == Some(&Term::Null);
    if only_null {
        reading.nullable = true;
    } else {
        reading.add(ty);
    }
}

/// A type that an `or` joins.
pub struct Alternative {
    /// The type.
    pub ty: Type,
    /// Where its words end.
    pub end: usize,
    /// Whether an article or code marks it as a thing of its own.
    pub article: bool,
}

/// The alternative at `at`.
pub fn alternative(tokens: &[Token], at: usize, reading: &Reading) -> Option<Alternative> {
    let own = |ty, end| Some(Alternative { ty, end, article: true });
    if tokens.get(at)?.is("one")
        && let Some((ty, _)) = one_of(tokens, at)
    {
        return own(ty, at + 2);
    }
    match tokens.get(at)? {
        Token::Code(code) if named_type(code).is_some() => {
            let joined = phrase(tokens, at).filter(|read| read.end > at + 1);
            match joined {
                Some(read) if read.ty.is_some() => own(read.ty?, read.end),
                _ => own(named_type(code)?, at + 1),
            }
        }
        token if token.truth() => own(Type::scalar(Atomic::Logical), at + 1),
        Token::Quoted(_) => {
            // "a `roc` object" without its article.
            match phrase(tokens, at).filter(|read| read.strong && read.ty.is_some()) {
                Some(read) => own(read.ty?, read.end),
                None => own(Type::scalar(Atomic::Character), at + 1),
            }
        }
        _ => {
            let read = phrase(tokens, at)?;
            // "a scalar or vector", "a matrix or vector": of the same, else of numbers.
            if read.noun == Some(Noun::Vector) && !read.strong {
                let same =
                    reading.ty.clone().map(|ty| ty.filter(|term| matches!(term, Term::Vector(_))).vectors());
                let ty = same
                    .filter(|ty| !ty.is_never() && !ty.is_any())
                    .unwrap_or_else(|| Type::vector(Atomic::Double));
                return Some(Alternative { ty, end: read.end, article: read.article });
            }
            let ty = read.ty.clone()?;
            let strong = read.strong || (read.article && matches!(read.noun, Some(Noun::Text)));
            strong.then(|| Alternative {
                ty: share(tokens, &read).unwrap_or(ty),
                end: read.end,
                article: read.article,
            })
        }
    }
}

/// Alternatives anywhere after `from`: an `or` with an article, code or a quoted string behind it.
pub fn alternatives(tokens: &[Token], from: usize, reading: &mut Reading, flag: bool) {
    let word = |at: usize| tokens.get(at).and_then(Token::word).unwrap_or_default();
    for at in from..tokens.len() {
        // A comma joins where an article follows and an `or` comes later: "a `roc` object from ..., a ... object, or ...".
        let comma = tokens[at].mark(',')
            && matches!(word(at + 1), "a" | "an")
            && tokens[at..].iter().any(|one| one.is("or"));
        if !(tokens[at].is("or") || comma) {
            continue;
        }
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        // "TRUE or FALSE", "if ... is a or b" in a flag's description say nothing about the argument.
        if flag && before.is_some_and(Token::truth) {
            continue;
        }
        if flag
            && tokens[..at]
                .iter()
                .any(|one| matches!(one.word(), Some("if" | "should" | "whether" | "indicating")))
        {
            continue;
        }
        let mut next = at + 1;
        if matches!(word(next), "else" | "alternatively" | "of") {
            next += 1;
        }
        // "or, when a single level is requested, a factor"
        if tokens.get(next).is_some_and(|one| one.mark(',')) {
            const LONGEST_ASIDE: usize = 14;
            match tokens[next + 1..].iter().take(LONGEST_ASIDE).position(|one| one.mark(',')) {
                Some(comma) => next += comma + 2,
                None => continue,
            }
        }
        if reading.ty.is_none() && (reading.object || !matches!(word(next), "a" | "an")) {
            continue;
        }
        let joins_quotes = before.is_some_and(|one| matches!(one, Token::Quoted(_)));
        let subordinate = tokens[from..at]
            .iter()
            .any(|one| matches!(one.word(), Some("if" | "when" | "where" | "whether" | "unless")));
        if subordinate && !before.is_some_and(|one| one.mark(',')) {
            continue;
        }
        match alternative(tokens, next, reading) {
            Some(_) if joins_quotes && matches!(tokens.get(next), Some(Token::Quoted(_))) => {}
            Some(found) if found.article => add(reading, found.ty),
            _ => {}
        }
    }
}
