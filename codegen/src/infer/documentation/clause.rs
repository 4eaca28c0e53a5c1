//! What the sentences about one value say together: the first names a type, the others add to it.

use super::flags::is_flag;
use super::later::{asides, condition, item, later, lists};
use super::nouns::named_type;
use super::phrase::{after_parenthesis, phrase};
use super::unions::{alternatives, union_at};
use super::vocabulary::vector;
use super::words::{Sentence, Token};
use crate::ir::types::{Atomic, Term, Type};

/// What has been read so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The type.
    pub ty: Option<Type>,
    /// Whether it is several elements.
    pub many: Option<bool>,
    /// Whether the word `vector` says so.
    pub vector: bool,
    /// Whether the head of the first sentence says it, with a noun that is a type of R.
    pub plain: bool,
    /// Whether the sentence asks or says something that is true or false.
    pub flag: bool,
    /// NULL is mentioned as a value.
    pub nullable: bool,
    /// Something else of no known type is taken, too: `a formula or a fitted model`.
    pub open: bool,
    /// The head is an object of unknown type.
    pub object: bool,
    /// The head is a vector of unknown elements.
    pub unknown: bool,
    /// There is a noun phrase, with or without a type.
    pub seen: bool,
    /// It is called optional, or it is said what happens without it.
    pub optional: bool,
}

impl Reading {
    /// This type as well.
    pub fn add(&mut self, ty: Type) {
        self.ty = Some(match self.ty.take() {
            Some(old) => old.or(ty),
            None => ty,
        });
    }
}

/// Whether the first sentence names two types with `and`, as of two things.
pub fn paired(sentences: &[Sentence]) -> bool {
    let Some(sentence) = sentences.first() else { return false };
    let Some(head) = phrase(&sentence.tokens, 0) else { return false };
    head.ty.is_some()
        && head.strong
        && head.bare.is_none()
        && sentence.tokens.get(head.end).is_some_and(|one| one.is("and"))
}

/// Reads what is said about a result; the words before it have been taken off.
pub fn result(tokens: &[Token], reading: &mut Reading) {
    let at = begin("", tokens, 0);
    let rest = &tokens[at.min(tokens.len())..];
    let word = |at: usize| rest.get(at).and_then(Token::word).unwrap_or_default();
    let truth = rest.first().is_some_and(Token::truth)
        || matches!(word(0), "logical" | "boolean")
            && !matches!(word(1), "vector" | "matrix" | "or" | "array" | "vectors");
    if truth {
        reading.add(Type::scalar(Atomic::Logical));
        reading.many = None;
        reading.plain = true;
        reading.flag = true;
        reading.seen = true;
        return;
    }
    union_at(tokens, at, true, reading);
    for (index, token) in tokens.iter().enumerate() {
        if token.is("otherwise") || token.is("else") {
            let mut other = Reading::default();
            let from = index + 1 + usize::from(tokens.get(index + 1).is_some_and(|one| one.mark(',')));
            union_at(tokens, from, false, &mut other);
            match other.ty {
                Some(ty) => reading.add(ty),
                None => reading.open |= other.seen,
            }
            reading.nullable |=
                other.nullable || matches!(tokens.get(from), Some(Token::Code(code)) if code == "NULL");
        }
    }
    reading.nullable |= rest
        .windows(2)
        .any(|pair| pair[0].is("or") && matches!(&pair[1], Token::Code(code) if code == "NULL"));
    if let Some(ty) = reading.ty.take_if(|ty| ty.only() == Some(&Term::Null)) {
        reading.nullable |= ty.takes_null();
    }
}

/// Reads what is said about `name`.
pub fn read(name: &str, sentences: &[Sentence]) -> Reading {
    let mut reading = Reading::default();
    let listing = sentences.first().is_some_and(lists);
    for (index, sentence) in sentences.iter().enumerate() {
        let tokens = &sentence.tokens;
        asides(name, tokens, &mut reading);
        if sentence.item && index > 0 {
            if listing {
                item(tokens, &mut reading);
            }
            continue;
        }
        if index == 0 {
            first(name, sentence, &mut reading);
        } else {
            // "Logical. Should ...": a first sentence of one word is a heading.
            if reading.ty.is_none() && index == 1 && sentences[0].tokens.len() <= 3 {
                first(name, sentence, &mut reading);
            } else {
                later(name, sentence, &mut reading);
            }
        }
    }
    if reading.open {
        reading.ty = None;
        reading.plain = false;
    } else if reading.ty.is_none() && reading.unknown {
        reading.ty = Some(Type::vector(Atomic::Double));
    }
    if let Some(ty) = reading.ty.take() {
        reading.nullable |= ty.takes_null();
        let ty = ty.without_null();
        reading.plain &= !ty.is_never();
        reading.ty = Some(ty).filter(|ty| !ty.is_never());
    }
    reading
}

/// Reads the first sentence.
fn first(name: &str, sentence: &Sentence, reading: &mut Reading) {
    let tokens = &sentence.tokens;
    let mut at = begin(name, tokens, 0);
    let mut plain = true;
    if is_flag(name, &tokens[at..], sentence.question) {
        reading.ty = Some(Type::scalar(Atomic::Logical));
        reading.many = Some(false);
        reading.flag = true;
        reading.plain = true;
        alternatives(tokens, at + 1, reading, true);
        return;
    }
    // "For the formula method, a data frame": what stands before the comma is a circumstance.
    if tokens.get(at).is_some_and(|one| {
        matches!(
            one.word(),
            Some("for" | "in" | "with" | "if" | "when" | "as" | "only" | "used" | "on" | "by")
        )
    }) {
        let comma = tokens[at..].iter().position(|one| one.mark(',') || one.mark(':') || one.mark(';'));
        match comma {
            Some(comma) => {
                condition(name, &tokens[at..], reading);
                at = begin(name, tokens, at + comma + 1);
                plain = false;
                if is_flag(name, &tokens[at..], sentence.question) {
                    reading.add(Type::scalar(Atomic::Logical));
                    reading.flag = true;
                    return;
                }
            }
            None => return,
        }
    } else if tokens.get(at).and_then(Token::word).is_some_and(introduces) {
        at += 1;
        if tokens.get(at).is_some_and(|one| matches!(one.word(), Some("whether" | "if"))) {
            reading.add(Type::scalar(Atomic::Logical));
            reading.flag = true;
            return;
        }
        plain = false;
    }
    union_at(tokens, at, plain, reading);
}

/// Verbs that a description may begin with.
fn introduces(word: &str) -> bool {
    matches!(
        word,
        "specifies"
            | "specify"
            | "specifying"
            | "determines"
            | "gives"
            | "indicates"
            | "defines"
            | "controls"
            | "sets"
            | "set"
            | "provides"
            | "contains"
            | "denotes"
            | "describes"
            | "represents"
            | "is"
            | "be"
            | "giving"
            | "containing"
            | "must"
            | "can"
            | "may"
            | "should"
            | "takes"
            | "choose"
            | "determine"
            | "control"
    )
}

/// After what may stand before the words that count: `x:`, `(optional)`, `Optional,`.
pub fn begin(name: &str, tokens: &[Token], from: usize) -> usize {
    let mut at = from;
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1);
        let set_off = next.is_some_and(|next| matches!(next, Token::Mark(':' | ',' | ';' | '-' | '.' | '=')));
        match token {
            Token::Mark('(' | '[') => {
                // "[numeric(1)]" at the head is the type.
                let close = after_parenthesis(tokens, at);
                if close == at + 3 && tokens.get(at + 1).and_then(Token::code).and_then(named_type).is_some()
                {
                    return at + 1;
                }
                at = close;
            }
            Token::Mark(_) => at += 1,
            Token::Code(code) if set_off && named_type(code).is_none() => at += 2,
            Token::Word(word, _) if word == name && set_off => at += 2,
            Token::Word(word, _)
                if set_off
                    && matches!(word.as_str(), "optional" | "optionally" | "required" | "deprecated") =>
            {
                at += 2;
            }
            Token::Word(word, _) if word == "optionally" => at += 1,
            Token::Code(code) if code == name && next.is_some_and(|next| next.is("is")) => at += 2,
            Token::Code(code) if code == name && next.is_some_and(|next| next.is("a") || next.is("an")) => {
                at += 1
            }
            _ => break,
        }
    }
    at
}

/// The type of elements when the default settles how many there are.
pub fn resized(ty: Type, many: bool) -> Type {
    ty.map(|term| match term {
        Term::Vector(one) => vector(one.atomic, many).only().cloned().unwrap_or(Term::Vector(one)),
        other => other,
    })
}
