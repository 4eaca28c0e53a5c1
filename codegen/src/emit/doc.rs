//! Documentation as lines: Markdown for rustdoc, plain text for docstrings.
//!
//! Whatever a help page says, it stays text: markup characters are escaped, indentation cannot make a code block, and
//! characters that reorder text are written out.

use crate::diagnostics::is_invisible;
use crate::ir::text::{Block, Inline, Link};
use crate::lower::{Doc, Module};

/// A way to write documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Markdown, as rustdoc reads it.
    Markdown,
    /// Plain text with reStructuredText's literals, as docstrings are.
    Plain,
}

/// Lines of documentation, wrapped.
#[derive(Clone, Debug)]
pub struct Writer {
    style: Style,
    width: usize,
    lines: Vec<String>,
}

impl Writer {
    /// Wraps at `width` characters.
    pub fn new(style: Style, width: usize) -> Writer {
        Writer { style, width, lines: Vec::new() }
    }

    /// The lines, without a blank line at either end.
    pub fn finish(self) -> Vec<String> {
        self.lines
    }

    /// Title, summary, description and the help topic.
    pub fn page(&mut self, doc: &Doc, package: &str) {
        self.inlines(&doc.title);
        self.inlines(&doc.summary);
        self.blocks(&doc.description);
        if let Some(topic) = &doc.topic {
            let call = format!("?{package}::{topic}");
            self.inlines(&[Inline::Text("R help: ".to_owned()), Inline::Code(call)]);
        }
    }

    /// A paragraph of text that is already what it shall be.
    pub fn paragraph(&mut self, text: &str) {
        self.flow(text.split_whitespace().map(str::to_owned).collect(), "");
    }

    /// A paragraph.
    pub fn inlines(&mut self, inlines: &[Inline]) {
        let words = self.words(inlines);
        self.flow(words, "");
    }

    /// Paragraphs, lists and tables.
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Text(inlines) => self.inlines(inlines),
                Block::Code(code) => self.code(code),
                Block::Items(items) => {
                    self.gap();
                    for item in items {
                        let mut words = Vec::new();
                        if !item.label.is_empty() {
                            words = self.words(&item.label);
                            if let Some(last) = words.last_mut() {
                                last.push(':');
                            }
                        }
                        words.extend(item.text.iter().flat_map(|block| self.block_words(block)));
                        self.item(words);
                    }
                }
                Block::Table(rows) => {
                    self.gap();
                    for row in rows {
                        let cells: Vec<Vec<String>> =
                            row.iter().map(|cell| self.words(cell)).filter(|cell| !cell.is_empty()).collect();
                        self.item(cells.join(&"\u{2013}".to_owned()));
                    }
                }
            }
        }
    }

    /// A definition: a name and indented text.
    pub fn definition(&mut self, head: &str, text: &[Block]) {
        self.lines.push(head.to_owned());
        let words = text.iter().flat_map(|block| self.block_words(block)).collect();
        self.wrap(words, "    ", "    ");
    }

    /// A heading as NumPy's docstrings have them.
    pub fn heading(&mut self, title: &str) {
        self.gap();
        self.lines.push(title.to_owned());
        self.lines.push("-".repeat(title.len()));
    }

    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }

    fn flow(&mut self, mut words: Vec<String>, indent: &str) {
        if words.is_empty() {
            return;
        }
        self.gap();
        if self.style == Style::Markdown {
            escape_start(&mut words);
        }
        self.wrap(words, indent, indent);
    }

    fn item(&mut self, mut words: Vec<String>) {
        if self.style == Style::Markdown {
            escape_start(&mut words);
        }
        self.wrap(words, "- ", "  ");
    }

    fn wrap(&mut self, words: Vec<String>, first: &str, rest: &str) {
        let mut line = first.to_owned();
        let mut empty = true;
        for word in words {
            let fits = line.chars().count() + usize::from(!empty) + word.chars().count() <= self.width;
            if !empty && !fits {
                self.lines.push(std::mem::replace(&mut line, rest.to_owned()));
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            // A word that begins a line may look like a list, a heading or a quotation.
            if empty && self.style == Style::Markdown && !self.lines.is_empty() && starts_block(&word) {
                line.push('\\');
            }
            line += &word;
            empty = false;
        }
        if !empty {
            self.lines.push(line);
        }
    }

    fn code(&mut self, code: &str) {
        self.gap();
        // At the very beginning indentation means nothing, and formatters take it away.
        let indent = if self.lines.is_empty() { "" } else { "    " };
        // A fence that does not occur inside ("CommonMark", section 4.5).
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(3.max(longest + 1));
        if self.style == Style::Markdown {
            self.lines.push(format!("{fence}text"));
        }
        for line in code.lines() {
            // Of white space only the space means the same to everyone.
            let line = visible(&line.trim_end().replace('\t', "    ").replace(['\r', '\u{b}', '\u{c}'], " "));
            self.lines.push(match self.style {
                Style::Markdown => line,
                Style::Plain if self.lines.is_empty() => line.trim_start().to_owned(),
                Style::Plain => format!("{indent}{line}").trim_end().to_owned(),
            });
        }
        if self.style == Style::Markdown {
            self.lines.push(fence);
        }
    }

    fn block_words(&self, block: &Block) -> Vec<String> {
        match block {
            Block::Text(inlines) => self.words(inlines),
            Block::Code(code) => self.words(&[Inline::Code(code.clone())]),
            Block::Items(items) => items
                .iter()
                .flat_map(|item| {
                    let mut words = self.words(&item.label);
                    words.extend(item.text.iter().flat_map(|block| self.block_words(block)));
                    words
                })
                .collect(),
            Block::Table(rows) => rows.iter().flatten().flat_map(|cell| self.words(cell)).collect(),
        }
    }

    /// The words of a run of text, each escaped and never broken.
    fn words(&self, inlines: &[Inline]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        // Whether the next piece continues the last word.
        let mut glue = false;
        for inline in inlines {
            let piece = match inline {
                Inline::Text(text) => match self.style {
                    Style::Markdown => escape_markdown(&visible(text)),
                    Style::Plain => visible(text),
                },
                Inline::Code(code) => self.literal(code),
                Inline::Link(Link { text, .. }) => self.literal(text),
                Inline::Emph(text) => self.styled(text, "*"),
                Inline::Strong(text) => self.styled(text, "**"),
                Inline::Url(text, address) => self.address(text, address),
            };
            let starts_apart = piece.starts_with(char::is_whitespace);
            // What stands between backticks is one word.
            let whole = matches!(inline, Inline::Code(_) | Inline::Link(_));
            let pieces: Vec<&str> = if whole { vec![&piece] } else { piece.split_whitespace().collect() };
            for (index, word) in pieces.into_iter().filter(|word| !word.is_empty()).enumerate() {
                match out.last_mut() {
                    Some(last) if index == 0 && glue && !starts_apart => last.push_str(word),
                    _ => out.push(word.to_owned()),
                }
            }
            glue = !piece.is_empty() && !piece.ends_with(char::is_whitespace);
        }
        out
    }

    fn literal(&self, code: &str) -> String {
        let code = visible(code);
        let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        if code.is_empty() {
            return code;
        }
        match self.style {
            Style::Markdown => {
                // A run of backticks that does not occur inside ("CommonMark", section 6.1).
                let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest + 1);
                let pad = if longest > 0 { " " } else { "" };
                format!("{fence}{pad}{code}{pad}{fence}")
            }
            Style::Plain => format!("``{}``", code.replace("``", "` `")),
        }
    }

    fn styled(&self, text: &str, mark: &str) -> String {
        match self.style {
            Style::Markdown if !text.trim().is_empty() => {
                format!("{mark}{}{mark}", escape_markdown(visible(text).trim()))
            }
            _ => visible(text),
        }
    }

    fn address(&self, text: &str, address: &str) -> String {
        let web = address.starts_with("https://") || address.starts_with("http://");
        let plain = address.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\' | '"'));
        if !web || !plain {
            return match self.style {
                Style::Markdown => escape_markdown(&visible(text)),
                Style::Plain => visible(text),
            };
        }
        match self.style {
            Style::Markdown if text == address => format!("<{address}>"),
            Style::Markdown => format!("[{}](<{address}>)", escape_markdown(&visible(text))),
            Style::Plain if text == address => address.to_owned(),
            Style::Plain => format!("{} <{address}>", visible(text)),
        }
    }
}

/// `text` with invisible characters written out.
fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let hidden = is_invisible(c) && !c.is_ascii_whitespace();
            let shown = if hidden { format!("U+{:04X}", u32::from(c)) } else { String::from(c) };
            shown.chars().collect::<Vec<_>>()
        })
        .collect()
}

/// Escapes what Markdown would obey within a line.
fn escape_markdown(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (index, &c) in characters.iter().enumerate() {
        let inside_word = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
        let escaped = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            // An address that is not a link would be a warning of rustdoc.
            ':' => characters[index..].starts_with(&[':', '/', '/']),
            // Within a word it marks nothing.
            '_' => {
                !(index > 0
                    && inside_word(characters.get(index - 1))
                    && inside_word(characters.get(index + 1)))
            }
            '&' => {
                characters[index + 1..].first().is_some_and(|next| next.is_ascii_alphabetic() || *next == '#')
            }
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether a word at the beginning of a line would begin a block of Markdown.
fn starts_block(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(word, "-" | "+" | "=" | "--" | "---" | "==")
        || word.starts_with(['#', '>', '='])
        || (word.starts_with(['-', '+']) && word.len() > 1 && word.chars().all(|c| c == '-' || c == '+'))
        || (digits.len() < word.len() && (digits == "." || digits == ")"))
}

/// Escapes the beginning of a paragraph.
fn escape_start(words: &mut [String]) {
    if let Some(first) = words.first_mut()
        && starts_block(first)
    {
        let at = first.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        first.insert(at, '\\');
    }
}

/// Text of a package as a paragraph.
pub fn text(text: &str, style: Style) -> String {
    match style {
        Style::Markdown => escape_markdown(&visible(text)),
        Style::Plain => visible(text),
    }
}

/// `The R package <package>, version <version>.`
pub fn source(module: &Module) -> Vec<Inline> {
    vec![
        Inline::Text("The R package ".to_owned()),
        Inline::Code(module.package.clone()),
        Inline::Text(format!(", version {}.", module.version)),
    ]
}

/// `The <what> <code>.`
pub fn the(what: &str, code: &str) -> Vec<Inline> {
    vec![Inline::Text(format!("The {what} ")), Inline::Code(code.to_owned()), Inline::Text(".".to_owned())]
}

/// How the documentation of a variant shows its level.
pub fn level(level: &str) -> Vec<Inline> {
    if level.trim().is_empty() {
        return vec![Inline::Text("An empty level.".to_owned())];
    }
    vec![Inline::Code(level.to_owned())]
}
