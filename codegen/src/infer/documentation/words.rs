//! Help text as sentences of words, code, quoted strings and marks.

use crate::ir::text::{Block, Inline};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A word of English, in lower case and as written; with the hyphens, dots and digits inside it.
    Word(String, String),
    /// What is set as code, or is code by its looks: `NULL`, `TRUE`, `x[1]`.
    Code(String),
    /// A string in quotes of any kind, outside or inside code.
    Quoted(String),
    /// Punctuation.
    Mark(char),
}

/// A sentence: its tokens, and whether it is a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// The pieces, in order.
    pub tokens: Vec<Token>,
    /// Whether it ends with a question mark.
    pub question: bool,
    /// Whether it is the first of an entry of a list.
    pub item: bool,
}

impl Token {
    /// The word, if this is one.
    pub fn word(&self) -> Option<&str> {
        match self {
            Token::Word(word, _) => Some(word),
            _ => None,
        }
    }

    /// The code, if this is some.
    pub fn code(&self) -> Option<&str> {
        match self {
            Token::Code(code) => Some(code),
            _ => None,
        }
    }

    /// Whether this is the word.
    pub fn is(&self, word: &str) -> bool {
        self.word() == Some(word)
    }

    /// Whether this is the mark.
    pub fn mark(&self, mark: char) -> bool {
        *self == Token::Mark(mark)
    }

    /// Whether it stands for TRUE or FALSE.
    pub fn truth(&self) -> bool {
        match self {
            Token::Code(code) | Token::Quoted(code) => matches!(code.as_str(), "TRUE" | "FALSE" | "T" | "F"),
            Token::Word(word, _) => matches!(word.as_str(), "true" | "false"),
            Token::Mark(_) => false,
        }
    }
}

/// The sentences of blocks. Each entry of a list begins a new one; preformatted code and tables say nothing.
pub fn sentences(blocks: &[Block]) -> Vec<Sentence> {
    let mut reader = Reader::default();
    reader.blocks(blocks);
    reader.done
}

/// The blocks' text, without markup, shortened: where something is said.
pub fn place(blocks: &[Block]) -> String {
    const LONGEST: usize = 120;
    let text = blocks.iter().find_map(|block| match block {
        Block::Text(inlines) => Some(crate::ir::text::plain(inlines)),
        _ => None,
    });
    let text = text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    match text[..end].char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text[..end].to_owned(),
    }
}

#[derive(Default)]
struct Reader {
    done: Vec<Sentence>,
    open: Sentence,
    /// Whether an entry of a list begins.
    item: bool,
    /// How many parentheses are open: a full stop within them ends no sentence.
    depth: usize,
}

/// Words that end with a dot and no sentence.
const ABBREVIATIONS: [&str; 14] =
    ["e.g", "i.e", "etc", "cf", "vs", "resp", "incl", "approx", "see", "no", "fig", "eq", "al", "e"];

impl Reader {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Text(inlines) => self.inlines(inlines),
                Block::Items(items) => {
                    for item in items {
                        self.end(false);
                        self.item = true;
                        if !item.label.is_empty() {
                            self.inlines(&item.label);
                            self.push(Token::Mark(':'));
                        }
                        self.blocks(&item.text);
                    }
                }
                Block::Code(_) | Block::Table(_) => {}
            }
            self.end(false);
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Emph(text) | Inline::Strong(text) => self.text(text),
                Inline::Code(code) => self.code(code),
                Inline::Link(link) => self.code(&link.text),
                Inline::Url(text, _) => self.push(Token::Code(text.clone())),
            }
        }
    }

    /// Code that is one string is that string; `NULL/TRUE` and words that authors set as code stay code.
    fn code(&mut self, code: &str) {
        let code = code.trim();
        let inner = strip_quotes(code);
        self.push(match inner {
            Some(inner) => Token::Quoted(inner.to_owned()),
            // Several words in a code font are words: `\code{data frame}`, `\code{"a"} or \code{"b"}` in one.
            None if code.contains(' ') && !code.contains(['(', '[', '=', '$', '<', '+', '*', '"', '\'']) => {
                return self.text(code);
            }
            None if code.contains("\", \"") && !code.contains('(') => return self.text(code),
            None if matches!(code, "class" | "classes" | "object" | "vector") => return self.text(code),
            None => Token::Code(code.to_owned()),
        });
    }

    fn push(&mut self, token: Token) {
        self.open.tokens.push(token);
    }

    fn end(&mut self, question: bool) {
        self.depth = 0;
        if !self.open.tokens.is_empty() {
            self.open.question = question;
            self.open.item = std::mem::take(&mut self.item);
            self.done.push(std::mem::take(&mut self.open));
        }
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        let mut before = ' ';
        while let Some(c) = rest.chars().next() {
            let size = c.len_utf8();
            if c.is_whitespace() {
                rest = &rest[size..];
            } else if c.is_alphanumeric() {
                let length = word_length(rest);
                let word = &rest[..length];
                rest = &rest[length..];
                // "value(s)" is several.
                match rest.strip_prefix("(s)").or_else(|| rest.strip_prefix("(es)")) {
                    Some(after) => {
                        rest = after;
                        self.word(&format!("{word}s"));
                    }
                    None => self.word(word),
                }
                before = 'a';
                continue;
            } else if let Some((inner, length)) = quotation(rest, before) {
                match inner.len() {
                    0..=40 => self.push(Token::Quoted(inner.to_owned())),
                    _ => self.text(inner),
                }
                rest = &rest[length..];
                before = '"';
                continue;
            } else {
                rest = &rest[size..];
                self.punctuation(c, rest);
            }
            before = c;
        }
    }

    fn word(&mut self, word: &str) {
        self.push(match word {
            "TRUE" | "FALSE" | "NULL" | "NA" | "NaN" | "Inf" | "T" | "F" => Token::Code(word.to_owned()),
            _ => Token::Word(word.to_lowercase(), word.to_owned()),
        });
    }

    fn punctuation(&mut self, c: char, rest: &str) {
        match c {
            '(' | '[' => {
                self.depth += 1;
                self.push(Token::Mark(c));
            }
            ')' | ']' => {
                self.depth = self.depth.saturating_sub(1);
                self.push(Token::Mark(c));
            }
            '.' => {
                let last = self.open.tokens.last();
                let abbreviated =
                    last.and_then(Token::word).is_some_and(|word| ABBREVIATIONS.contains(&word));
                // A new sentence begins with a capital, a quote, code, or with nothing more in this piece of text.
                let next = rest.trim_start().chars().next();
                if !abbreviated
                    && self.depth == 0
                    && next.is_none_or(|next| !next.is_lowercase() && next != ',')
                {
                    self.end(false);
                }
            }
            '?' => self.end(true),
            '!' => self.end(false),
            '\u{2013}' | '\u{2014}' => self.push(Token::Mark('-')),
            ',' | ';' | ':' | '/' | '-' | '=' | '|' | '+' | '<' | '>' => {
                self.push(Token::Mark(c));
            }
            _ => {}
        }
    }
}

/// How long the word at the start is: letters and digits, with hyphens, dots, underscores and apostrophes between them.
fn word_length(text: &str) -> usize {
    let mut length = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '-' | '.' | '_' | '\'' | '\u{2019}')
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !c.is_alphanumeric() && !joins {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// A quoted string at the start: what is inside, and the length with the quotes. An apostrophe opens none within a word.
fn quotation(text: &str, before: char) -> Option<(&str, usize)> {
    let open = text.chars().next()?;
    let closes: &[char] = match open {
        '"' => &['"', '\u{201d}'],
        '\u{201c}' => &['\u{201d}', '"', '\u{201c}'],
        '\u{2018}' => &['\u{2019}'],
        '\'' | '`' if !before.is_alphanumeric() => &['\'', '`'],
        _ => return None,
    };
    let inside = &text[open.len_utf8()..];
    let at = inside.find(closes)?;
    if inside[..at].contains('\n') || at == 0 {
        return None;
    }
    let close = inside[at..].chars().next()?;
    // `don't ... isn't` is no quotation.
    let after = inside[at + close.len_utf8()..].chars().next();
    if close == '\'' && after.is_some_and(char::is_alphanumeric) {
        return None;
    }
    Some((inside[..at].trim(), open.len_utf8() + at + close.len_utf8()))
}

/// What is inside the quotes, if the text is one string.
pub fn strip_quotes(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(quote)).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        sentences(&[Block::Text(vec![Inline::Text(text.to_owned())])])
            .iter()
            .map(|sentence| {
                let tokens = sentence.tokens.iter().map(|token| match token {
                    Token::Word(word, _) => word.clone(),
                    Token::Code(code) => format!("<{code}>"),
                    Token::Quoted(text) => format!("'{text}'"),
                    Token::Mark(mark) => mark.to_string(),
                });
                tokens.collect::<Vec<_>>().join(" ") + if sentence.question { " ?" } else { "" }
            })
            .collect()
    }

    #[test]
    fn sentences_end_where_they_should() {
        assert_eq!(
            read("Logical: should x be used? A data.frame, e.g. cars. If TRUE, isn't it."),
            ["logical : should x be used ?", "a data.frame , e.g cars", "if <TRUE> , isn't it"]
        );
        assert_eq!(read("one of 'a', \"b c\" or “d”"), ["one of 'a' , 'b c' or 'd'"]);
    }
}
