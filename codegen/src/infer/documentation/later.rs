//! What the sentences after the first add: other types, conditions, NULL, references.

use super::clause::{Reading, begin};
use super::nouns::named_type;
use super::phrase::phrase;
use super::unions::{add, alternative, union_at};
use super::vocabulary;
use super::words::{Sentence, Token};
use crate::ir::types::{Atomic, Term, Type};

/// Reads a sentence after the first: what else it can be.
pub fn later(name: &str, sentence: &Sentence, reading: &mut Reading) {
    let tokens = &sentence.tokens;
    let at = begin(name, tokens, 0);
    let rest = &tokens[at.min(tokens.len())..];
    condition(name, rest, reading);
    // "It can also be a list", "Can be a function", "`x` must be a matrix".
    let subject = rest.iter().position(|one| {
        matches!(one.word(), Some("can" | "may" | "could" | "must" | "should" | "might" | "is" | "be"))
    });
    if rest.first().is_some_and(|one| one.is("either")) {
        let mut other = Reading::default();
        union_at(rest, 0, false, &mut other);
        if let Some(ty) = other.ty {
            reading.add(ty);
        }
        return;
    }
    let Some(verb) = subject.filter(|verb| *verb <= 3) else { return };
    let about = rest[..verb].iter().all(|one| match one {
        Token::Code(code) => code == name,
        Token::Word(word, _) => {
            matches!(
                word.as_str(),
                "it" | "this"
                    | "argument"
                    | "the"
                    | "value"
                    | "also"
                    | "alternatively"
                    | "which"
                    | "currently"
            ) || word == name
        }
        Token::Mark(',') => true,
        _ => false,
    });
    if !about || reading.object {
        return;
    }
    // "Should residuals be kept" asks; "should be a matrix" tells.
    let modal = !matches!(rest[verb].word(), Some("is" | "be"));
    if modal
        && !rest.get(verb + 1).is_some_and(|one| {
            matches!(one.word(), Some("be" | "also" | "either" | "alternatively" | "then"))
        })
    {
        return;
    }
    let mut from = verb;
    while rest.get(from).is_some_and(|one| {
        matches!(
            one.word(),
            Some(
                "can"
                    | "may"
                    | "could"
                    | "must"
                    | "should"
                    | "might"
                    | "be"
                    | "also"
                    | "either"
                    | "alternatively"
                    | "given"
                    | "specified"
                    | "supplied"
                    | "passed"
                    | "provided"
                    | "as"
                    | "is"
                    | "set"
                    | "to"
                    | "then"
            )
        )
    }) {
        from += 1;
    }
    if rest.get(from).is_some_and(|one| one.is("not")) {
        return;
    }
    let mut other = Reading::default();
    union_at(rest, from, false, &mut other);
    if let Some(ty) = other.ty
        && (reading.ty.is_some() || rest[verb..].iter().take(2).any(|one| one.is("be")))
    {
        if reading.ty.is_none() {
            reading.many = other.many;
        }
        reading.add(ty);
    }
    reading.nullable |= other.nullable;
}

/// `If a list, ...`, `if TRUE`, `if numeric`, `If `x` is a matrix`, at the head of a clause.
pub fn condition(name: &str, tokens: &[Token], reading: &mut Reading) {
    let mut starts = vec![0];
    starts.extend(tokens.iter().enumerate().filter(|(_, one)| one.mark(';')).map(|(index, _)| index + 1));
    for start in starts {
        let mut at = start;
        if !tokens.get(at).is_some_and(|one| matches!(one.word(), Some("if" | "when"))) {
            continue;
        }
        at += 1;
        // The subject: none, "it", the argument itself.
        let mut other = false;
        while let Some(token) = tokens.get(at) {
            match token {
                Token::Code(code) if code == name => at += 1,
                Token::Code(code)
                    if named_type(code).is_none() && tokens.get(at + 1).is_some_and(|one| one.is("is")) =>
                {
                    other = true;
                    break;
                }
                Token::Word(word, _)
                    if matches!(
                        word.as_str(),
                        "it" | "is" | "this" | "set" | "to" | "given" | "as" | "specified"
                    ) || word == name =>
                {
                    at += 1;
                }
                Token::Mark('=') => at += 1,
                _ => break,
            }
        }
        if other {
            continue;
        }
        match tokens.get(at) {
            Some(token) if token.truth() && !flag(reading) => {
                reading.add(Type::scalar(Atomic::Logical));
                reading.many = reading.many.or(Some(false));
            }
            Some(Token::Word(word, _))
                if matches!(word.as_str(), "a" | "an" | "numeric" | "character" | "logical") =>
            {
                let Some(read) = phrase(tokens, at).filter(|read| read.strong) else { continue };
                let closed = tokens.get(read.end).is_none_or(|one| {
                    one.mark(',')
                        || one.is("of")
                        || one.is("then")
                        || one.is("with")
                        || one.is("it")
                        || one.is("or")
                        || one.is("containing")
                        || one.is("giving")
                });
                if let Some(ty) = read.ty.filter(|_| closed) {
                    reading.add(ty);
                }
            }
            _ => {}
        }
    }
}

/// Whether the sentence introduces a list of alternatives: `One of:`, `Can be one of the following:`.
pub fn lists(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let has = |words: &[&str]| tokens.iter().any(|one| one.word().is_some_and(|word| words.contains(&word)));
    has(&["one", "either", "following", "options", "choices", "ways", "forms"])
        && tokens.last().is_some_and(|one| one.mark(':') || one.is("of") || one.is("either"))
        && !has(&["components", "elements", "arguments", "fields", "list"])
}

/// An entry of a list of alternatives.
pub fn item(tokens: &[Token], reading: &mut Reading) {
    match tokens.first() {
        Some(Token::Quoted(_)) => add(reading, Type::scalar(Atomic::Character)),
        Some(token) if token.truth() => add(reading, Type::scalar(Atomic::Logical)),
        _ => {
            let mut at = 0;
            if matches!(tokens.first(), Some(Token::Code(code)) if named_type(code).is_none())
                && tokens.get(1).is_some_and(|one| one.mark(':'))
            {
                return;
            }
            if tokens.first().is_some_and(|one| one.is("for") || one.is("if")) {
                at = tokens.iter().position(|one| one.mark(',')).map_or(tokens.len(), |comma| comma + 1);
            }
            if let Some(found) = alternative(tokens, at, reading) {
                add(reading, found.ty);
            } else {
                reading.open |= phrase(tokens, at).is_some();
            }
        }
    }
}

/// NULL and words about leaving it out, wherever they stand.
pub fn asides(name: &str, tokens: &[Token], reading: &mut Reading) {
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Code(code) if code == "NULL" => {
                let before = |back: usize| index.checked_sub(back).map(|at| &tokens[at]);
                let is_not = before(1)
                    .is_some_and(|one| matches!(one.word(), Some("not" | "non" | "than")) || one.mark('-'));
                let assigned = before(1).is_some_and(|one| one.mark('='))
                    || before(2).is_some_and(|one| one.code().is_some_and(|code| code != name))
                        && before(1).is_some_and(|one| one.is("is"));
                reading.nullable |= !is_not && !assigned;
            }
            Token::Code(code) if code == &format!("{name} = NULL") || code == &format!("{name}=NULL") => {
                reading.nullable = true;
            }
            Token::Word(word, _) => {
                reading.optional |= matches!(
                    word.as_str(),
                    "optional" | "optionally" | "missing" | "omitted" | "unspecified" | "default"
                );
            }
            _ => {}
        }
    }
}

/// The functions to which the sentence refers for what it says: `see f`, `as in f`, `passed to f`, `arguments of f`.
pub fn like(sentence: &Sentence) -> Vec<String> {
    let tokens = &sentence.tokens;
    let refers = tokens.iter().take(14).position(|one| {
        matches!(
            one.word(),
            Some("see" | "as" | "passed" | "arguments" | "argument" | "documented" | "described")
        )
    });
    let Some(start) = refers else { return Vec::new() };
    let mut found = Vec::new();
    for at in start + 1..tokens.len().min(start + 12) {
        let Token::Code(code) = &tokens[at] else { continue };
        let name = code.strip_suffix("()").unwrap_or(code);
        let refers = tokens[at - 1].word().is_some_and(|word| {
            matches!(
                word,
                "see"
                    | "in"
                    | "for"
                    | "to"
                    | "of"
                    | "by"
                    | "the"
                    | "and"
                    | "or"
                    | "function"
                    | "method"
                    | "also"
            )
        }) || tokens[at - 1].mark(',') && !found.is_empty();
        let callable = vocabulary::class_like(name) && named_type(name).is_none();
        if refers && callable {
            found.push(name.to_owned());
        }
    }
    found
}

/// Whether TRUE is taken already.
fn flag(reading: &Reading) -> bool {
    let logical = |term: &Term| matches!(term, Term::Vector(one) if one.atomic == Atomic::Logical);
    reading.ty.as_ref().is_some_and(|ty| ty.terms().any(logical))
}
