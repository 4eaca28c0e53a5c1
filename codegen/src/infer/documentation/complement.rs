//! What follows a noun: `vector of names`, `number of rows`, `degrees of freedom`.

use super::classes::{class_after, conjoined};
use super::phrase::{Phrase, phrase};
use super::vocabulary::{Noun, noun};
use super::words::Token;
use crate::ir::types::{Atomic, Term, Type, Vector};

/// What follows the noun: `vector of names`, `object of class "lm"`, `number of rows`.
pub fn complement(tokens: &[Token], chunk: &[Token], read: &mut Phrase) {
    let object = matches!(read.noun, None | Some(Noun::Object | Noun::Vague));
    if let Some((ty, end)) = class_after(tokens, read.end, object) {
        let one = !chunk
            .last()
            .and_then(Token::word)
            .is_some_and(|word| word.ends_with('s') && !word.ends_with("ss"));
        let ty = if one { conjoined(&tokens[read.end..end]).unwrap_or(ty) } else { ty };
        read.ty = Some(ty);
        read.strong = true;
        read.noun = Some(Noun::Object);
        read.end = end;
        return;
    }
    let of = tokens.get(read.end).is_some_and(|next| next.is("of"));
    match read.noun {
        Some(Noun::Atomic(Atomic::Double)) if of && chunk.last().is_some_and(|last| last.is("number")) => {
            read.ty = Some(Type::scalar(Atomic::Double));
            read.many = Some(false);
            read.complement = true;
        }
        // "degrees of freedom" are one number.
        Some(Noun::Quantity) if of && tokens.get(read.end + 1).is_some_and(|next| next.is("freedom")) => {
            read.ty = Some(Type::scalar(Atomic::Double));
            read.many = None;
            read.end += 2;
        }
        // "character giving the name of a setting": as many as there are names.
        Some(Noun::Atomic(_)) if read.many.is_none() && tokens.get(read.end).is_some_and(introduces) => {
            let of = phrase(tokens, read.end + 1).filter(|of| of.article);
            let counted = of.filter(|of| matches!(of.noun, Some(Noun::Text | Noun::Quantity)));
            if counted.is_some_and(|of| of.many == Some(false)) {
                read.many = Some(false);
                read.bare = None;
                read.ty = read.ty.take().map(scalars);
            }
        }
        Some(Noun::Vector) if read.ty.is_none() => {
            let element = elements(tokens, read.end);
            read.complement = element.is_some();
            read.ty = match element {
                Some(Element::Of(ty)) => Some(ty),
                Some(Element::Other) => None,
                None => guessed(chunk),
            }
            .or_else(|| labelled(&tokens[read.end..], chunk));
            let vector =
                chunk.iter().rev().take(2).any(|one| matches!(one.word(), Some("vector" | "sequence")));
            read.unknown = vector && read.ty.is_none() && !labels(&tokens[read.end..], chunk);
            let loose = read.ty.as_ref().is_some_and(|ty| ty.terms().count() > 1);
            read.strong = read.complement && read.ty.is_some() && !loose;
            if read.many == Some(false) {
                read.ty = read.ty.take().map(scalars);
            }
        }
        Some(Noun::List | Noun::Vector) if of => read.complement = true,
        _ => {}
    }
}

pub fn scalars(ty: Type) -> Type {
    ty.map(|term| match term {
        Term::Vector(vector) => Term::Vector(Vector { scalar: true, ..vector }),
        other => other,
    })
}

/// The type of a `weight vector`, `data vector`, `name vector`.
fn guessed(chunk: &[Token]) -> Option<Type> {
    let before = chunk.iter().rev().skip(1).find_map(Token::word)?;
    let atomic = match noun(before)? {
        (Noun::Atomic(atomic), _) => atomic,
        (Noun::Quantity | Noun::Measured, _) => Atomic::Double,
        (Noun::Text, _) => Atomic::Character,
        _ if before == "data" => Atomic::Double,
        _ => return None,
    };
    Some(Type::vector(atomic))
}

/// What a vector of labels may be, where the words speak of classes or groups.
fn labelled(rest: &[Token], chunk: &[Token]) -> Option<Type> {
    let about = chunk.iter().chain(rest.iter().take(5)).filter_map(Token::word).any(|word| {
        ["class", "label", "group", "membership", "categor"].iter().any(|stem| word.starts_with(stem))
    });
    about.then(|| Type::class("factor").or(Type::vector(Atomic::Character)).or(Type::vector(Atomic::Double)))
}

/// Whether a vector holds things of which nothing can be guessed.
fn labels(rest: &[Token], chunk: &[Token]) -> bool {
    chunk.iter().chain(rest.iter().take(4)).filter_map(Token::word).any(|word| {
        ["item", "element", "name", "input", "type", "id", "word", "source"]
            .iter()
            .any(|stem| word.starts_with(stem))
    })
}

enum Element {
    Of(Type),
    Other,
}

/// What the elements of a vector are: `of length 2, containing the limits`, `giving the names of ...`.
fn elements(tokens: &[Token], from: usize) -> Option<Element> {
    let mut at = from;
    // At most one such aside; then the elements.
    if tokens.get(at).is_some_and(|one| matches!(one.word(), Some("of" | "with")))
        && tokens.get(at + 1).is_some_and(|one| matches!(one.word(), Some("length" | "the" | "size")))
        && tokens[at + 1..].iter().take(3).any(|one| matches!(one.word(), Some("length" | "size")))
    {
        at += 2;
        while at < tokens.len() && at < from + 12 && !introduces(&tokens[at]) {
            at += 1;
        }
    }
    if tokens.get(at).is_some_and(|one| one.mark(',')) {
        at += 1;
    }
    if !tokens.get(at).is_some_and(introduces) {
        return None;
    }
    if tokens.get(at + 1).is_some_and(Token::truth) {
        return Some(Element::Of(Type::vector(Atomic::Logical)));
    }
    let of = phrase(tokens, at + 1)?;
    Some(match (of.noun, of.ty) {
        (
            Some(
                Noun::Atomic(_) | Noun::Text | Noun::Quantity | Noun::Colour | Noun::Indices | Noun::Measured,
            ),
            Some(ty),
        ) => Element::Of(ty.vectors()),
        (Some(Noun::Scalar), _) => Element::Of(Type::vector(Atomic::Double)),
        _ => Element::Other,
    })
}

fn introduces(token: &Token) -> bool {
    matches!(
        token.word(),
        Some(
            "of" | "containing"
                | "giving"
                | "specifying"
                | "with"
                | "holding"
                | "representing"
                | "indicating"
                | "defining"
        )
    )
}
