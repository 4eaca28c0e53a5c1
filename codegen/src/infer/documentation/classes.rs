//! The names of classes: `an object of class "a" or "b"`, `inheriting from "c"`.

use super::vocabulary::{self, ends_phrase};
use super::words::{self, Token};
use crate::ir::types::{Term, Type};

/// `of class "a" and "b"`: one object of both.
pub fn conjoined(tokens: &[Token]) -> Option<Type> {
    if !tokens.iter().any(|one| one.is("and")) || tokens.iter().any(|one| one.is("or")) {
        return None;
    }
    let names = tokens.iter().filter_map(|one| match one {
        Token::Code(name) | Token::Quoted(name) if vocabulary::class_like(name) => Some(name.clone()),
        _ => None,
    });
    let names: Vec<String> = names.collect();
    (names.len() > 1).then(|| Term::Class(names).into())
}

/// `of class "lm"`, `of class lm` (where `bare`), `inheriting from class "a" or "b"` at `from`: the type, and where it ends.
pub fn class_after(tokens: &[Token], from: usize, bare: bool) -> Option<(Type, usize)> {
    const BETWEEN: usize = 7;
    let mut at = from;
    let mut inherits = false;
    loop {
        match tokens.get(at)? {
            Token::Code(_) | Token::Quoted(_) if inherits => return class_names(tokens, at, false),
            Token::Word(word, _) => match word.as_str() {
                "class" | "classes" if at > from && !tokens[at - 1].is("that") => break,
                "inheriting" | "inherits" | "inherit" => {
                    inherits = true;
                    at += 1;
                }
                "and" if at > from => at += 1,
                "length" | "of" | "from" | "with" | "that" | "which" | "is" | "has" | "s3" | "s4" | "the"
                | "belonging" | "to" | "a" | "having" | "an" | "one" | "either" | "object" => at += 1,
                number if number.bytes().all(|byte| byte.is_ascii_digit()) => at += 1,
                _ => return None,
            },
            Token::Mark(',') if at == from => at += 1,
            _ => return None,
        }
        if at - from > BETWEEN {
            return None;
        }
    }
    class_names(tokens, at + 1, bare)
}

/// The names of classes at `from`; `bare` words count, too.
pub fn class_names(tokens: &[Token], from: usize, bare: bool) -> Option<(Type, usize)> {
    let mut ty = Type::never();
    let mut at = from;
    let mut end = from;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Code(name) | Token::Quoted(name) => match class_term(name) {
                Some(term) => {
                    ty.insert(term);
                    at += 1;
                    end = at;
                }
                None => break,
            },
            Token::Mark(',' | '/' | '(' | ')' | ':') => at += 1,
            Token::Word(word, original) => match word.as_str() {
                "or" | "and" | "class" | "classes" | "either" | "s3" | "s4" | "the" | "of"
                | "respectively" => at += 1,
                "inheriting" | "inherits" | "from" if ty.is_never() => at += 1,
                "one" | "another" | "any" | "other" | "something" | "similar" | "that" | "which" | "such" => {
                    break;
                }
                _ if bare
                    && (ty.is_never() || tokens[at - 1].is("or"))
                    && vocabulary::class_like(original)
                    && !ends_phrase(word)
                    && !word.ends_with("ed") =>
                {
                    ty.insert(vocabulary::class(original));
                    at += 1;
                    end = at;
                }
                _ => break,
            },
            Token::Mark(_) => break,
        }
    }
    (!ty.is_never()).then_some((ty, end))
}

/// The class that the rest of the sentence names: `an R object, typically of class "lm"`.
pub fn class_later(tokens: &[Token], from: usize) -> Option<Type> {
    let at = tokens.iter().skip(from).position(|one| matches!(one.word(), Some("class" | "classes")))? + from;
    let method = tokens[from..at]
        .iter()
        .any(|one| matches!(one.word(), Some("method" | "methods" | "function" | "or" | "if")));
    if method {
        return None;
    }
    class_names(tokens, at + 1, false).map(|(ty, _)| ty)
}

/// The class that code names: `lm`, `c("anova", "data.frame")`.
fn class_term(code: &str) -> Option<Term> {
    if let Some(inside) = code.strip_prefix("c(").and_then(|rest| rest.strip_suffix(')')) {
        let names: Option<Vec<String>> = inside
            .split(',')
            .map(|one| {
                words::strip_quotes(one.trim()).filter(|name| vocabulary::class_like(name)).map(str::to_owned)
            })
            .collect();
        return names.filter(|names| !names.is_empty()).map(Term::Class);
    }
    vocabulary::class_like(code).then(|| vocabulary::class(code))
}
