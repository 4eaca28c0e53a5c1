//! What the sentences about one value say together: flags, noun phrases, alternatives, conditions.

use crate::ir::types::{Atomic, Term, Type};

use super::phrase::{Phrase, after_parenthesis, named_type, phrase};
use super::vocabulary::{Noun, vector};
use super::words::{Sentence, Token};

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
    fn add(&mut self, ty: Type) {
        self.ty = Some(match self.ty.take() {
            Some(old) => old.or(ty),
            None => ty,
        });
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
        let callable = super::vocabulary::class_like(name) && named_type(name).is_none();
        if refers && callable {
            found.push(name.to_owned());
        }
    }
    found
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
    for (index, sentence) in sentences.iter().enumerate() {
        let tokens = &sentence.tokens;
        asides(name, tokens, &mut reading);
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
    if let Some(ty) = reading.ty.take_if(|ty| ty.is_never() || ty.only() == Some(&Term::Null)) {
        reading.nullable |= ty.takes_null();
        reading.plain = false;
    }
    reading
}

/// NULL and words about leaving it out, wherever they stand.
fn asides(name: &str, tokens: &[Token], reading: &mut Reading) {
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
fn begin(name: &str, tokens: &[Token], from: usize) -> usize {
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
            _ => break,
        }
    }
    at
}

/// Whether the clause is about something that is true or false.
fn is_flag(name: &str, tokens: &[Token], question: bool) -> bool {
    let Some(first) = tokens.first() else { return false };
    let word = |at: usize| tokens.get(at).and_then(Token::word).unwrap_or_default();
    let truth_soon = |from: usize, to: usize| tokens.iter().take(to).skip(from).any(Token::truth);
    if first.truth() {
        return tokens.get(1).is_none_or(|next| {
            next.is("or")
                || next.is("if")
                || next.is("when")
                || matches!(next, Token::Mark('/' | ',' | ':' | '-'))
                || next.is("to")
        });
    }
    match word(0) {
        "whether" | "flag" => true,
        "should" | "do" | "does" | "shall" => word(1) != "be" && tokens.len() > 1,
        "are" | "is" | "will" | "use" | "print" | "show" => question,
        "if" | "when" | "set" | "setting" | "use" => truth_soon(1, 5),
        "logical" | "boolean" | "bool" => match tokens.get(1) {
            None => true,
            Some(Token::Mark('(' | '/')) => false,
            Some(Token::Mark(_) | Token::Code(_)) => true,
            Some(next) => matches!(
                next.word(),
                Some(
                    "flag"
                        | "value"
                        | "indicating"
                        | "specifying"
                        | "scalar"
                        | "variable"
                        | "switch"
                        | "if"
                        | "that"
                        | "which"
                        | "whether"
                        | "indicator"
                        | "constant"
                        | "argument"
                        | "for"
                        | "should"
                        | "to"
                        | "determining"
                        | "controlling"
                        | "parameter"
                        | "defining"
                        | "describing"
                        | "option"
                        | "with"
                        | "defaulting"
                        | "giving"
                        | "used"
                        | "is"
                        | "whose"
                )
            ),
        },
        "a" | "an" | "the" => {
            matches!(word(1), "logical" | "boolean" | "bool" | "flag")
                && is_flag(name, &tokens[1..], question)
        }
        "indicates" | "determines" | "specifies" | "controls" | "indicate" | "specify" | "indicating"
        | "determine" => {
            matches!(word(1), "if" | "whether")
        }
        _ => {
            // "`x`: if TRUE"
            first.code() == Some(name) && matches!(word(1), "if") && truth_soon(1, 4)
        }
    }
}

/// Reads the noun phrase at `at` with what an `or` joins to it.
fn union_at(tokens: &[Token], at: usize, plain: bool, reading: &mut Reading) {
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
    let quoted = tokens[from.min(tokens.len())..]
        .iter()
        .take_while(|one| {
            matches!(one, Token::Quoted(_) | Token::Mark(',' | ':' | '(' | '/'))
                || matches!(one.word(), Some("or" | "and" | "the" | "strings" | "following" | "either"))
        })
        .filter(|one| matches!(one, Token::Quoted(_)))
        .count();
    if quoted >= if one { 1 } else { 2 } {
        // "one of "a" or "b" objects"
        let end = tokens[from..].iter().position(|one| matches!(one.word(), Some("object" | "objects")));
        if let Some(end) = end.filter(|end| *end <= 3 * quoted) {
            let names = tokens[from..from + end].iter().filter_map(|one| match one {
                Token::Quoted(name) if super::vocabulary::class_like(name) => {
                    Some(super::vocabulary::class(name))
                }
                _ => None,
            });
            return Some((names.collect(), None));
        }
        return Some((Type::scalar(Atomic::Character), Some(false)));
    }
    if !one {
        return None;
    }
    let of = phrase(tokens, from)?;
    matches!(of.noun, Some(Noun::Atomic(_) | Noun::Text)).then_some(())?;
    let ty = of.ty?.map(|term| match term {
        Term::Vector(vector) => Term::Vector(crate::ir::types::Vector { scalar: true, ..vector }),
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

fn add(reading: &mut Reading, ty: Type) {
    let only_null = ty.only() == Some(&Term::Null);
    if only_null {
        reading.nullable = true;
    } else {
        reading.add(ty);
    }
}

/// A type that an `or` joins.
struct Alternative {
    ty: Type,
    end: usize,
    /// Whether an article or code marks it as a thing of its own.
    article: bool,
}

/// The alternative at `at`.
fn alternative(tokens: &[Token], at: usize, reading: &Reading) -> Option<Alternative> {
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
fn alternatives(tokens: &[Token], from: usize, reading: &mut Reading, flag: bool) {
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

/// Reads a sentence after the first: what else it can be.
fn later(name: &str, sentence: &Sentence, reading: &mut Reading) {
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
fn condition(name: &str, tokens: &[Token], reading: &mut Reading) {
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
            Some(token) if token.truth() => {
                if reading.ty.as_ref().is_none_or(|ty| {
                    !ty.terms().any(|term| matches!(term, Term::Vector(one) if one.atomic == Atomic::Logical))
                }) {
                    reading.add(Type::scalar(Atomic::Logical));
                    reading.many = reading.many.or(Some(false));
                }
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

/// The type of elements when the default settles how many there are.
pub fn resized(ty: Type, many: bool) -> Type {
    ty.map(|term| match term {
        Term::Vector(one) => vector(one.atomic, many).only().cloned().unwrap_or(Term::Vector(one)),
        other => other,
    })
}
