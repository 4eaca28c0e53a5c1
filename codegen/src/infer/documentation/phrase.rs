//! Noun phrases: `[article] [adjectives] noun [of ...]`, and what they say about a type.

use super::classes::class_later;
use super::complement::{complement, scalars};
use super::nouns::{idiom, named_type, of_noun};
use super::vocabulary::{self, Noun, adjective, ends_phrase, noun, opens_phrase, participle, vector};
use super::words::Token;
use crate::ir::types::{Atomic, Type};

/// A noun phrase that has been read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrase {
    /// The type, where the noun names one.
    pub ty: Option<Type>,
    /// Whether it is several elements (`false`: one); `None` where the words leave it open, as `numeric` does.
    pub many: Option<bool>,
    /// Whether the noun is one of R's types, rather than a quantity or something that has a name.
    pub strong: bool,
    /// Whether an article or `one` stands before it.
    pub article: bool,
    /// Whether the phrase is an adjective that stands alone, and shares the noun of the next: `numeric or character vector`.
    pub bare: Option<Atomic>,
    /// Whether a complement has been read: what an `or` joins then may be the complement's.
    pub complement: bool,
    /// Whether it is a vector about whose elements nothing is said: most often numbers.
    pub unknown: bool,
    /// The noun.
    pub noun: Option<Noun>,
    /// Where the phrase ends.
    pub end: usize,
}

/// Most words between the article and the noun.
const LONGEST: usize = 7;

/// Reads the noun phrase at `start`; `None` where there is no word of one.
pub fn phrase(tokens: &[Token], start: usize) -> Option<Phrase> {
    let mut at = start;
    let mut article = false;
    let mut single = false;
    let mut indefinite = false;
    let mut every = false;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Mark('(' | '[') => at = after_parenthesis(tokens, at),
            // "one of" lists; "one or more" counts.
            Token::Word(word, _) if word == "one" => {
                if tokens.get(at + 1).is_some_and(|next| next.is("of")) {
                    return None;
                }
                at += 1;
                if tokens.get(at).is_some_and(|next| next.is("or")) {
                    at += 2;
                } else {
                    single = true;
                }
            }
            Token::Word(word, _) if word == "single" => {
                single = true;
                at += 1;
            }
            Token::Word(word, _) if opens_phrase(word) => {
                article |= matches!(word.as_str(), "a" | "an" | "the" | "another");
                indefinite = matches!(word.as_str(), "a" | "an" | "optional");
                every |= matches!(word.as_str(), "all" | "each" | "every");
                at += 1;
            }
            _ => break,
        }
    }
    let first = at;
    while at < tokens.len() && at - first < LONGEST {
        if continues(tokens, first, at) {
            at += 1;
        } else if at > first && aside(tokens, at) {
            at += 3;
        } else {
            break;
        }
    }
    if at == first {
        return None;
    }
    // "an n by p matrix"
    if tokens.get(at).is_some_and(|one| matches!(one.word(), Some("by" | "x"))) && at - first <= 2 {
        let until = (at + 5).min(tokens.len());
        if let Some(matrix) =
            (at + 1..until).find(|index| matches!(tokens[*index].word(), Some("matrix" | "array")))
        {
            at = matrix + 1;
        }
    }
    let chunk = &tokens[first..at];
    let mut read = head(chunk, single)?;
    read.article = article;
    read.end += first;
    if every && matches!(read.noun, Some(Noun::Function | Noun::Object)) {
        read.ty = None;
    }
    // "a `reStruct` that ...": code with an indefinite article is a class.
    if let (true, None, [Token::Code(code)]) = (indefinite, &read.ty, chunk)
        && vocabulary::class_like(code)
        && !code.ends_with("()")
    {
        read.ty = Some(vocabulary::class(code).into());
    }
    // "a roc object from `roc`": a word that is code elsewhere in the sentence.
    if let (None, Some(Noun::Object), [.., Token::Word(_, class), _]) = (&read.ty, read.noun, chunk)
        && tokens.iter().any(|one| one.code() == Some(class.as_str()))
        && vocabulary::class_like(class)
    {
        read.ty = Some(vocabulary::class(class).into());
        read.strong = true;
    }
    complement(tokens, chunk, &mut read);
    parenthesis(tokens, &mut read);
    if read.noun == Some(Noun::Object) && read.ty.is_none() {
        read.ty = class_later(tokens, read.end);
    }
    Some(read)
}

/// After the parenthesis that opens at `at`, or after the mark where none closes it.
pub fn after_parenthesis(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(at) {
        match token {
            Token::Mark('(' | '[') => depth += 1,
            Token::Mark(')' | ']') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return index + 1;
                }
            }
            _ => {}
        }
    }
    at + 1
}

/// `integer (valued) vector`: one word in parentheses within the phrase.
fn aside(tokens: &[Token], at: usize) -> bool {
    tokens[at].mark('(')
        && tokens.get(at + 2).is_some_and(|one| one.mark(')'))
        && tokens.get(at + 3).and_then(Token::word).and_then(noun).is_some()
        && noun(tokens[at - 1].word().unwrap_or_default())
            .is_none_or(|(found, _)| matches!(found, Noun::Atomic(_)))
}

/// Whether the token at `at` still belongs to the words of the noun.
fn continues(tokens: &[Token], first: usize, at: usize) -> bool {
    match &tokens[at] {
        Token::Word(word, _) => {
            let begun = at > first;
            !(ends_phrase(word)
                || begun && (participle(word) || opens_phrase(word))
                || begun && settled(tokens, first, at, word))
        }
        Token::Code(code) => {
            let measure = || tokens.get(at + 1).and_then(Token::word).and_then(noun).is_some();
            vocabulary::class_like(code) || named_type(code).is_some() || code.ends_with("()") || measure()
        }
        Token::Quoted(text) => vocabulary::class_like(text) && at + 1 < tokens.len(),
        Token::Mark(_) => false,
    }
}

/// Whether the words before are a noun of R's that `word` does not go on with: `formula | selecting the terms`.
fn settled(tokens: &[Token], first: usize, at: usize, word: &str) -> bool {
    let Some(before) = tokens[at - 1].word() else { return false };
    // "an integer guiding the ...": what an article follows is a verb.
    let verb = word.ends_with("ing") || word.ends_with("ed");
    let article = tokens.get(at + 1).and_then(Token::word).is_some_and(|next| {
        opens_phrase(next) || matches!(next, "which" | "how" | "whether" | "by" | "to" | "in" | "from" | "as")
    });
    if verb && article && noun(before).is_some() && noun(word).is_none() {
        return true;
    }
    let strong = matches!(
        noun(before),
        Some((
            Noun::Vector
                | Noun::Scalar
                | Noun::Matrix
                | Noun::Array
                | Noun::List
                | Noun::Class(_)
                | Noun::Object
                | Noun::Function,
            _
        ))
    ) || before == "frame" && at > first + 1;
    // "factor analysis", "table name", "call stack": these nouns also stand before others.
    let modifies = matches!(before, "factor" | "table" | "call" | "date" | "family" | "list" | "dendrogram");
    let participle = word.ends_with("ing") || word.ends_with("ed");
    strong
        && noun(word).is_none()
        && adjective(word).is_none()
        && word.chars().count() > 1
        && (participle || !modifies)
}

/// The noun among the words, and its type.
fn head(chunk: &[Token], single: bool) -> Option<Phrase> {
    // "the vector y", "a matrix `x`": what follows the noun as its name is passed over.
    let mut last = chunk.len();
    while last > 1 {
        let named = match &chunk[last - 1] {
            Token::Code(code) => named_type(code).is_none(),
            Token::Word(word, _) => word.chars().count() == 1 && noun(word).is_none(),
            _ => false,
        };
        let before = chunk[last - 2].word().and_then(noun).is_some();
        if !(named && before) {
            break;
        }
        last -= 1;
    }
    let words = &chunk[..last];
    let whole = Phrase { end: chunk.len(), ..Phrase::default() };
    let modifiers = &words[..last - 1];
    let single = single
        || modifiers.iter().any(|one| {
            matches!(one.word(), Some("single" | "scalar" | "length-one" | "length-1" | "singleton"))
        });
    match &words[last - 1] {
        Token::Code(code) => {
            let ty = named_type(code);
            let plain = ty.is_some();
            // A bare `x` is the name of another argument.
            Some(Phrase { many: None, strong: plain, ty, ..whole })
        }
        Token::Quoted(_) => Some(whole),
        Token::Mark(_) => None,
        Token::Word(word, _) => {
            let said = modifiers.iter().rev().find_map(|one| one.word().and_then(adjective));
            let before = modifiers.last().and_then(Token::word).unwrap_or_default();
            let known = idiom(before, word).or_else(|| noun(word));
            let Some((mut found, plural)) = known else {
                // "numeric tuning parameter": the adjective says it.
                return Some(match said {
                    Some(atomic) => {
                        let many = (word.ends_with('s') && !word.ends_with("ss")).then_some(true);
                        let many = if single { Some(false) } else { many };
                        Phrase {
                            ty: Some(vector(atomic, many.unwrap_or(true))),
                            many,
                            strong: false,
                            noun: Some(Noun::Atomic(atomic)),
                            ..whole
                        }
                    }
                    None => whole,
                });
            };
            // "character value", "numeric values", "logical variable".
            if let (Noun::Vague | Noun::Quantity | Noun::Text | Noun::Measured, Some(atomic)) = (found, said)
            {
                found = Noun::Atomic(atomic);
            }
            Some(of_noun(found, plural, said, single, modifiers, word, whole))
        }
    }
}

/// `numeric (scalar)`, `vector (numeric)`: an aside right behind the noun.
fn parenthesis(tokens: &[Token], read: &mut Phrase) {
    if !tokens.get(read.end).is_some_and(|one| one.mark('(')) {
        return;
    }
    let close = after_parenthesis(tokens, read.end);
    let inside = &tokens[read.end + 1..close.saturating_sub(1).max(read.end + 1)];
    for token in inside.iter().take(4) {
        match token.word() {
            Some("scalar" | "single" | "scalars") if read.many.is_none() => {
                read.many = Some(false);
                read.ty = read.ty.take().map(scalars);
            }
            Some(word) if read.ty.is_none() && matches!(read.noun, Some(Noun::Vector)) => {
                read.ty = adjective(word).map(Type::vector);
            }
            _ => {}
        }
    }
}
