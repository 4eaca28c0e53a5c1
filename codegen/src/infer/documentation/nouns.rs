//! The type of a noun with the words before it.

use super::phrase::Phrase;
use super::vocabulary::{self, Noun, noun, vector};
use super::words::Token;
use crate::ir::types::{Atomic, Term, Type};

/// Two words that are one noun.
pub fn idiom(before: &str, word: &str) -> Option<(Noun, bool)> {
    Some(match (before, word) {
        ("data", "frame") => (Noun::Class("data.frame"), false),
        ("data", "frames") => (Noun::Class("data.frame"), true),
        ("data", "table") => (Noun::Class("data.table"), false),
        ("time", "series") => (Noun::Class("ts"), false),
        ("regular", "expression") | ("character", "expression") => (Noun::Text, false),
        ("regular", "expressions") => (Noun::Text, true),
        ("function", "value") => (Noun::Quantity, false),
        ("symbolic" | "model", "description") => (Noun::Class("formula"), false),
        ("data", "values") => (Noun::Quantity, true),
        ("distance" | "dissimilarity", "structure" | "object") => (Noun::Class("dist"), false),
        ("x" | "y" | "z", "values" | "coordinates") => (Noun::Quantity, true),
        (
            "initial" | "starting" | "start" | "parameter" | "fitted" | "predicted" | "observed"
            | "numerical" | "function" | "estimated" | "response" | "covariate" | "expected",
            "values",
        ) => (Noun::Quantity, true),
        ("response" | "dependent", "variable") => (Noun::Measured, false),
        ("data", "vector") => (Noun::Vector, false),
        ("maximum" | "max" | "minimum" | "min", "iterations") => (Noun::Quantity, false),
        ("random", "seed") => (Noun::Quantity, false),
        ("file", "connection") => (Noun::Class("connection"), false),
        (
            "scaling" | "scale" | "expansion" | "inflation" | "shrinkage" | "smoothing" | "correction"
            | "multiplication" | "multiplicative" | "magnification" | "reduction" | "damping" | "discount"
            | "fudge" | "adjustment" | "bayes" | "conversion" | "penalty" | "learning" | "step"
            | "normalization" | "tuning",
            "factor",
        ) => (Noun::Quantity, false),
        _ => return None,
    })
}

/// The type that code names: `numeric`, `logical(1)`, `data.frame`.
pub fn named_type(code: &str) -> Option<Type> {
    let (word, one) = match code.strip_suffix("(1)") {
        Some(word) => (word, true),
        None => (code.strip_suffix("()").unwrap_or(code), false),
    };
    let of = |atomic| Some(vector(atomic, !one));
    match word {
        "numeric" | "double" | "integer" => of(Atomic::Double),
        "logical" => of(Atomic::Logical),
        "character" => of(Atomic::Character),
        "complex" => of(Atomic::Complex),
        "raw" => of(Atomic::Raw),
        "TRUE" | "FALSE" => Some(Type::scalar(Atomic::Logical)),
        "NULL" => Some(Type::null()),
        "vector" => None,
        "data.frame" | "matrix" | "factor" | "formula" | "function" | "list" | "environment"
        | "expression" | "table" | "array" | "Date" | "POSIXct" | "ts" | "connection" => {
            Some(vocabulary::class(word).into())
        }
        _ => None,
    }
}

/// The type of a noun with its modifiers.
pub fn of_noun(
    found: Noun,
    plural: bool,
    said: Option<Atomic>,
    single: bool,
    modifiers: &[Token],
    word: &str,
    whole: Phrase,
) -> Phrase {
    let mut read = Phrase { noun: Some(found), strong: true, ..whole };
    let lone = modifiers.is_empty();
    match found {
        Noun::Vector => {
            let named = modifiers.iter().rev().find_map(|one| one.code().and_then(named_type));
            read.ty = said.map(Type::vector).or(named);
            read.many = Some(!single);
            if single {
                read.ty = said.map(Type::scalar);
            }
        }
        Noun::Scalar => {
            read.ty = Some(Type::scalar(said.unwrap_or(Atomic::Double)));
            read.many = Some(false);
            read.strong = said.is_some();
        }
        Noun::Atomic(atomic) => {
            // `numeric` and `character` as nouns leave open how many; `a number`, `string`, `flag` do not.
            let open = matches!(
                word,
                "numeric" | "character" | "real" | "double" | "complex" | "raw" | "logical" | "integer"
            );
            let many = match () {
                () if single => Some(false),
                () if plural => Some(true),
                // "integer, the number of", "logical or integer": one; "numeric", "character" may be many.
                () if matches!(word, "integer" | "logical") => Some(false),
                () if open || matches!(word, "value" | "variable" | "data" | "input") => None,
                () => Some(false),
            };
            // "character string", "integer number": the adjective only repeats it. "a logical integer" is nothing.
            let atomic = match (atomic, said) {
                (Atomic::Double, Some(Atomic::Logical)) => Atomic::Logical,
                (atomic, _) => atomic,
            };
            read.bare = (open && lone).then_some(atomic);
            read.ty = Some(vector(atomic, many.unwrap_or(true)));
            read.many = many;
        }
        Noun::Quantity | Noun::Text => {
            let atomic = if found == Noun::Text { Atomic::Character } else { Atomic::Double };
            let several =
                modifiers.iter().any(|one| matches!(one.word(), Some("vector" | "vectors" | "vectorised")));
            read.many = Some((plural || several) && !single);
            read.ty = Some(vector(atomic, read.many == Some(true)));
            read.strong = false;
        }
        Noun::Family => {
            let named = Type::class("family").or(Type::function());
            read.ty = Some(named.or(Type::scalar(Atomic::Character)));
            read.strong = false;
        }
        Noun::Indices | Noun::Measured => {
            read.ty = Some(Type::vector(Atomic::Double));
            read.strong = false;
        }
        Noun::Colour => {
            read.many = Some(plural);
            read.ty = Some(Type::vector(Atomic::Character).or(Type::vector(Atomic::Double)));
            read.strong = false;
        }
        Noun::Matrix => {
            if !plural {
                read.ty = Some(Term::Matrix(None).into());
                if modifiers.iter().any(|one| one.is("data")) {
                    read.ty = read.ty.map(|ty| ty.or(Type::class("data.frame")));
                }
                if modifiers.iter().any(|one| matches!(one.word(), Some("distance" | "dissimilarity"))) {
                    read.ty = read.ty.map(|ty| ty.or(Type::class("dist")));
                }
            }
        }
        Noun::Array => read.ty = (!plural).then(|| Type::class("array").or(Term::Matrix(None).into())),
        Noun::Class(name) => read.ty = (!plural).then(|| vocabulary::class(name).into()),
        Noun::List => read.ty = (!plural).then(Type::list),
        Noun::Function => {
            read.ty = (!plural).then(Type::function);
            // "kernel function", "link function" are often chosen by name.
            read.strong = lone
                || modifiers
                    .iter()
                    .all(|one| matches!(one.word(), Some("r" | "user-defined" | "user-supplied")));
        }
        Noun::Environment => read.ty = (!plural).then(|| Term::Environment.into()),
        Noun::Code => read.ty = (!plural).then(|| Term::Code.into()),
        Noun::Object => {
            let class = modifiers.last().and_then(|one| match one {
                Token::Code(code) | Token::Quoted(code) if vocabulary::class_like(code) => {
                    Some(code.as_str())
                }
                Token::Word(word, _) => match noun(word) {
                    Some((Noun::Class(name), _)) => Some(name),
                    Some((Noun::Matrix, _)) => Some("matrix"),
                    Some((Noun::List, _)) => Some("list"),
                    Some((Noun::Family, _)) => Some("family"),
                    Some((Noun::Environment, _)) => Some("environment"),
                    Some((Noun::Function, _)) => Some("function"),
                    _ => None,
                },
                _ => None,
            });
            read.ty = class.map(|name| vocabulary::class(name).into());
        }
        Noun::Vague => {
            read.strong = false;
            read.many = plural.then_some(true);
        }
    }
    if read.ty.is_none() {
        read.strong = false;
    }
    read
}
