//! Which sentences of a page are about which of its functions. A sentence belongs to the functions that it names, and to
//! those of the sentence before where it names none.

use super::words::{Sentence, Token};
use crate::ir::Page;
use crate::ir::types::Type;

/// A function on a page.
pub struct Subject<'a> {
    /// The names by which the text may call it: its own, its generic's.
    names: Vec<&'a str>,
    /// The names of the page's other functions.
    others: Vec<&'a str>,
    /// Whether the page describes functions of different names.
    pub shared: bool,
    /// Whether it is a method of a generic for show on the page of something else: what is said in general is not about it.
    pub aside: bool,
}

/// Generics whose methods stand on the page of the function that makes their objects.
const FOR_SHOW: [&str; 21] = [
    "print",
    "summary",
    "plot",
    "lines",
    "points",
    "format",
    "coef",
    "predict",
    "text",
    "fitted",
    "residuals",
    "as",
    "is",
    "names",
    "toString",
    "show",
    "anova",
    "labels",
    "pairs",
    "biplot",
    "vcov",
];

impl<'a> Subject<'a> {
    /// The function `name` of the page.
    pub fn new(name: &'a str, page: &'a Page) -> Subject<'a> {
        let generic = |name: &'a str| {
            let method = page.methods.iter().find(|(generic, class)| {
                name.strip_prefix(generic.as_str()).and_then(|rest| rest.strip_prefix('.')) == Some(class)
            });
            method.map(|(generic, _)| generic.as_str())
        };
        let stem = generic(name).unwrap_or(name);
        let mut names = vec![name];
        if stem != name {
            names.push(stem);
        }
        let family = |other: &str| {
            generic_of(other, stem)
                || generic_of(stem, other)
                || page.methods.iter().any(|(generic, class)| {
                    generic == stem
                        && other.strip_prefix(stem).is_some_and(|rest| rest.strip_prefix('.') == Some(class))
                })
        };
        let others: Vec<&str> = page
            .aliases
            .iter()
            .map(String::as_str)
            .chain(page.methods.iter().map(|(generic, _)| generic.as_str()))
            .filter(|other| !names.contains(other) && !family(other) && page.usage.contains(*other))
            .collect();
        let head = page.topic.as_str();
        let shared = !others.is_empty();
        let first = stem.split('.').next().unwrap_or(stem);
        let aside =
            shared && FOR_SHOW.contains(&first) && head != name && head != stem && !generic_of(head, stem);
        Subject { names, others, shared, aside }
    }

    /// What it returns where the words say a list: an object of the class whose methods for show stand on the same page, if
    /// there are any; and what `summary` returns has its own class.
    pub fn list(&self, page: &Page) -> Option<Type> {
        let show = |generic: &str| FOR_SHOW.contains(&generic);
        if self.names.iter().any(|name| show(name.split('.').next().unwrap_or(name))) {
            return None;
        }
        let own = |class: &str| self.names[0].strip_suffix(class).is_some_and(|rest| rest.ends_with('.'));
        let mut classes =
            page.methods.iter().filter(|(generic, class)| show(generic) && !own(class) && class != "default");
        let Some((_, class)) = classes.next() else { return Some(Type::list()) };
        classes.all(|(_, other)| other == class).then(|| Type::class(class))
    }

    /// The sentences about it, and whether they name it.
    pub fn own(&self, all: &[Sentence]) -> (Vec<Sentence>, bool) {
        if !self.shared && self.names.len() < 2 {
            return (all.to_vec(), false);
        }
        let mut general = Vec::new();
        let mut mine = Vec::new();
        let mut current = Owner::General;
        for sentence in all {
            for part in parts(sentence) {
                match self.owner(&part.tokens) {
                    Owner::General => {}
                    owner => current = owner,
                }
                match current {
                    Owner::General => general.push(part),
                    Owner::Mine => mine.push(part),
                    Owner::Other => {}
                }
            }
        }
        let named = !mine.is_empty();
        (if named { mine } else { general }, named)
    }

    /// Whose sentence this is: of the functions that it names before its verb, after `for`, or at its very end after `for`.
    fn owner(&self, tokens: &[Token]) -> Owner {
        let mut other = false;
        let verb = tokens.iter().position(returns).unwrap_or(0);
        let colon = tokens.iter().take(2).position(|one| one.mark(':')).unwrap_or(0);
        for (at, token) in tokens.iter().enumerate() {
            let (Token::Code(text) | Token::Quoted(text) | Token::Word(_, text)) = token else { continue };
            let word = matches!(token, Token::Word(..));
            let called = text.split('(').next().unwrap_or(text);
            let after_for = at > 0 && joined_to_for(tokens, at);
            let subject = at < verb || at < colon || (after_for && !word);
            if !subject || word && (at >= verb || common(called)) {
                continue;
            }
            if self.names.contains(&called) {
                return Owner::Mine;
            }
            other |= self.others.contains(&called);
        }
        if other { Owner::Other } else { Owner::General }
    }
}

/// Names of functions that are words as well.
fn common(word: &str) -> bool {
    !word.contains(['.', '_']) && word.chars().all(|c| c.is_lowercase())
}

#[derive(Clone, Copy, PartialEq)]
enum Owner {
    General,
    Mine,
    Other,
}

/// Whether code at `at` is in a list that begins with `for`: `for f, g and h`.
fn joined_to_for(tokens: &[Token], at: usize) -> bool {
    for token in tokens[..at].iter().rev() {
        match token {
            Token::Code(_) | Token::Quoted(_) | Token::Mark(',') => {}
            Token::Word(word, _)
                if matches!(word.as_str(), "and" | "or" | "the" | "function" | "functions" | "both") => {}
            Token::Word(word, _) => return word == "for",
            Token::Mark(_) => return false,
        }
    }
    false
}

/// A sentence in parts: `f returns a vector, and g a matrix` and `...; for g, a matrix` are two.
fn parts(sentence: &Sentence) -> Vec<Sentence> {
    let tokens = &sentence.tokens;
    let mut cuts = vec![0];
    for (at, token) in tokens.iter().enumerate() {
        let next = |offset: usize| tokens.get(at + offset);
        let code = |offset: usize| matches!(next(offset), Some(Token::Code(_)));
        let verb = |offset: usize| next(offset).is_some_and(returns);
        let joint = token.mark(';')
            || token.mark(',')
                && (code(1) && verb(2)
                    || next(1).is_some_and(|one| one.is("and") || one.is("while") || one.is("whereas"))
                        && code(2)
                        && verb(3))
            || (token.is("and") || token.is("while") || token.is("whereas")) && code(1) && verb(2);
        let begun = cuts.last().copied().unwrap_or_default();
        if joint && tokens[begun.min(at)..at].iter().any(returns) {
            cuts.push(at + 1);
        }
    }
    cuts.push(tokens.len() + 1);
    cuts.windows(2)
        .map(|cut| Sentence {
            tokens: tokens[cut[0].min(tokens.len())..(cut[1] - 1).min(tokens.len())].to_vec(),
            question: sentence.question,
            item: sentence.item,
        })
        .filter(|part| !part.tokens.is_empty())
        .collect()
}

/// Whether `other` is `stem` with a class behind it.
fn generic_of(other: &str, stem: &str) -> bool {
    other.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.'))
}

/// Verbs between a function and its result.
pub fn returns(token: &Token) -> bool {
    matches!(
        token.word(),
        Some(
            "returns"
                | "return"
                | "gives"
                | "give"
                | "produces"
                | "produce"
                | "yields"
                | "creates"
                | "create"
                | "computes"
                | "generates"
                | "be"
                | "outputs"
                | "is"
                | "are"
                | "evaluates"
                | "provides"
        )
    )
}
