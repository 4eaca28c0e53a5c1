//! Walking the trees that R's Rd parser makes ("Parsing Rd files", parseRd.pdf).
//!
//! A tree is a list with the attribute `Rd_tag`; its leaves are strings. Escapes have been undone by the parser. What means
//! nothing outside R's help system (`\out`, `\figure`, comments) is dropped; of alternatives the one for plain text
//! is taken.

use super::rds::Value;
use crate::ir::text::{Block, Inline, Item, Link, plain};

/// The tag of a node: `TEXT`, `\code`, …
pub fn tag(node: &Value) -> &str {
    node.attribute("Rd_tag").and_then(Value::string).unwrap_or("")
}

/// The children of a node.
pub fn children(node: &Value) -> &[Value] {
    node.elements().unwrap_or_default()
}

/// The first section `name` of a page.
pub fn section<'a>(page: &'a Value, name: &str) -> Option<&'a Value> {
    children(page).iter().find(|node| tag(node) == name)
}

/// All text below a node, as it stands.
pub fn raw_text(node: &Value) -> String {
    match node.strings() {
        Some(strings) if !matches!(tag(node), "COMMENT" | "USERMACRO") => {
            strings.iter().flatten().map(|one| &**one).collect()
        }
        Some(_) => String::new(),
        None => children(node).iter().map(raw_text).collect(),
    }
}

/// The content of a section as one run of text.
pub fn inlines(nodes: &[Value]) -> Vec<Inline> {
    let mut out = Vec::new();
    for block in blocks(nodes) {
        if let Block::Text(text) = block {
            if !out.is_empty() {
                out.push(Inline::Text(" ".to_owned()));
            }
            out.extend(text);
        }
    }
    tidy(out)
}

/// The content of a section as paragraphs, lists and tables.
pub fn blocks(nodes: &[Value]) -> Vec<Block> {
    let mut flow = Flow::default();
    flow.nodes(nodes);
    flow.finish()
}

/// How deep lists nest within lists; what lies deeper is running text. Readers of JSON stop somewhere, too.
const MOST_NESTED: usize = 8;

/// Blocks in the making: a paragraph is open until a blank line or a block ends it.
#[derive(Default)]
struct Flow {
    done: Vec<Block>,
    open: Vec<Inline>,
    /// How many lists are around it.
    depth: usize,
}

impl Flow {
    fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.done
    }

    fn end_paragraph(&mut self) {
        let paragraph = tidy(std::mem::take(&mut self.open));
        if !paragraph.is_empty() {
            self.done.push(Block::Text(paragraph));
        }
    }

    fn block(&mut self, block: Block) {
        self.end_paragraph();
        self.done.push(block);
    }

    fn nodes(&mut self, nodes: &[Value]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Value) {
        let inside = children(node);
        match tag(node) {
            "TEXT" => self.text(&raw_text(node)),
            "RCODE" | "VERB" => self.text_as_it_is(&raw_text(node)),
            "\\code" | "\\kbd" | "\\samp" | "\\verb" | "\\command" | "\\option" | "\\env" | "\\file"
            | "\\pkg" => self.code(node),
            "\\emph" | "\\var" | "\\dfn" | "\\cite" => {
                self.open.push(Inline::Emph(one_line(&spoken(inside))))
            }
            "\\strong" | "\\bold" => self.open.push(Inline::Strong(one_line(&spoken(inside)))),
            "\\link" | "\\linkS4class" => self.link(node),
            "\\url" => {
                let address = raw_text(node).split_whitespace().collect::<String>();
                self.open.push(Inline::Url(address.clone(), address));
            }
            "\\href" => {
                if let [address, text, ..] = inside {
                    let address = raw_text(address).split_whitespace().collect::<String>();
                    self.open.push(Inline::Url(one_line(&spoken(children(text))), address));
                }
            }
            "\\email" => self.text_as_it_is(&raw_text(node)),
            "\\sQuote" => self.quoted(inside, "\u{2018}", "\u{2019}"),
            "\\dQuote" => self.quoted(inside, "\u{201c}", "\u{201d}"),
            "\\dots" | "\\ldots" => self.text_as_it_is("\u{2026}"),
            "\\R" => self.text_as_it_is("R"),
            "\\cr" => self.text_as_it_is(" "),
            "\\tab" => self.text_as_it_is(" "),
            // The second argument is the form for plain text.
            "\\eqn" | "\\deqn" => {
                if let Some(formula) = inside.get(1).or(inside.first()) {
                    self.open.push(Inline::Code(one_line(&raw_text(formula))));
                }
            }
            "\\enc" => self.nodes(inside.first().map(children).unwrap_or_default()),
            "\\if" | "\\ifelse" => self.alternative(inside),
            "\\itemize" | "\\enumerate" | "\\describe" if self.depth < MOST_NESTED => {
                let items = list(inside, self.depth + 1);
                self.block(Block::Items(items));
            }
            "\\tabular" => {
                let rows = rows(node);
                if !rows.is_empty() {
                    let rows =
                        rows.iter().map(|row| row.iter().map(|cell| inlines(cell)).collect()).collect();
                    self.block(Block::Table(rows));
                }
            }
            "\\preformatted" => {
                let text = raw_text(node);
                let text = text.trim_matches('\n').trim_end();
                if !text.is_empty() {
                    self.block(Block::Code(text.to_owned()));
                }
            }
            "\\section" | "\\subsection" => {
                if let [title, body, ..] = inside {
                    self.block(Block::Text(vec![Inline::Strong(one_line(&spoken(children(title))))]));
                    self.nodes(children(body));
                    self.end_paragraph();
                }
            }
            "COMMENT" | "USERMACRO" | "\\newcommand" | "\\renewcommand" | "\\out" | "\\figure"
            | "\\Sexpr" | "\\RdOpts" | "#ifdef" | "#ifndef" => {}
            // An argument in braces, or markup that only styles.
            _ => self.nodes(inside),
        }
    }

    /// Running text: blank lines end paragraphs, TeX's dashes and quotes become the characters they stand for.
    fn text(&mut self, text: &str) {
        if text.trim().is_empty() && text.contains('\n') && self.ends_line() {
            self.end_paragraph();
            return;
        }
        let text = text.replace("---", "\u{2014}").replace("--", "\u{2013}");
        let text = text.replace("``", "\u{201c}").replace("''", "\u{201d}");
        self.text_as_it_is(&text);
    }

    fn text_as_it_is(&mut self, text: &str) {
        self.open.push(Inline::Text(text.to_owned()));
    }

    /// Whether the paragraph so far ends with the end of a line: then a line without text is a blank line.
    fn ends_line(&self) -> bool {
        matches!(self.open.last(), Some(Inline::Text(text)) if text.ends_with('\n'))
    }

    fn code(&mut self, node: &Value) {
        let inside = children(node);
        // \code{\link{x}} is a link.
        if let [only] = inside
            && matches!(tag(only), "\\link" | "\\linkS4class")
        {
            return self.link(only);
        }
        let text = one_line(&spoken(inside));
        if !text.is_empty() {
            self.open.push(Inline::Code(text));
        }
    }

    /// `\link{topic}`, `\link[pkg]{topic}`, `\link[pkg:topic]{text}`, `\link[=topic]{text}`.
    fn link(&mut self, node: &Value) {
        let text = one_line(&spoken(children(node)));
        let option = node.attribute("Rd_option").map(raw_option).unwrap_or_default();
        let (package, topic) = match option.split_once([':', '=']) {
            Some((package, topic)) => (package, topic),
            None => (option.as_str(), ""),
        };
        let given = |part: &str| Some(part.trim().to_owned()).filter(|part| !part.is_empty());
        let topic = given(topic).filter(|topic| *topic != text);
        if !text.is_empty() {
            self.open.push(Inline::Link(Link { text, topic, package: given(package) }));
        }
    }

    fn quoted(&mut self, inside: &[Value], left: &str, right: &str) {
        self.text_as_it_is(left);
        self.nodes(inside);
        self.text_as_it_is(right);
    }

    /// `\if{format}{yes}` and `\ifelse{format}{yes}{no}`, for the format "text".
    fn alternative(&mut self, inside: &[Value]) {
        let Some(format) = inside.first() else { return };
        let formats = raw_text(format);
        let yes = formats.split(',').any(|one| matches!(one.trim(), "text" | "TRUE"));
        if let Some(branch) = inside.get(if yes { 1 } else { 2 }) {
            // A branch may be one node of its own or a list of nodes.
            match tag(branch) {
                "" | "LIST" => self.nodes(children(branch)),
                _ => self.node(branch),
            }
        }
    }
}

fn raw_option(option: &Value) -> String {
    option.strings().map(|all| all.iter().flatten().map(|one| &**one).collect()).unwrap_or_default()
}

/// The text of nodes without markup.
fn spoken(nodes: &[Value]) -> String {
    let mut flow = Flow::default();
    flow.nodes(nodes);
    let blocks = flow.finish();
    let texts: Vec<String> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Text(text) => Some(plain(text)),
            Block::Code(code) => Some(code.clone()),
            _ => None,
        })
        .collect();
    texts.join(" ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The entries of a list. In `\describe` an `\item` has two arguments; in `\itemize` it stands before its text.
fn list(nodes: &[Value], depth: usize) -> Vec<Item> {
    let mut items: Vec<(Vec<Inline>, Flow)> = Vec::new();
    for node in nodes {
        if tag(node) == "\\item" {
            let mut flow = Flow { depth, ..Flow::default() };
            let label = match children(node) {
                [label, text, ..] => {
                    flow.nodes(children(text));
                    inlines(children(label))
                }
                _ => Vec::new(),
            };
            items.push((label, flow));
        } else if let Some((_, flow)) = items.last_mut() {
            flow.node(node);
        }
    }
    items.into_iter().map(|(label, flow)| Item { label, text: flow.finish() }).collect()
}

/// The rows of a `\tabular`, each a list of cells.
pub fn rows(node: &Value) -> Vec<Vec<Vec<Value>>> {
    let Some(content) = children(node).get(1) else { return Vec::new() };
    let mut rows: Vec<Vec<Vec<Value>>> = vec![vec![Vec::new()]];
    for node in children(content) {
        match tag(node) {
            "\\cr" => rows.push(vec![Vec::new()]),
            "\\tab" => rows.last_mut().expect("there is always a row").push(Vec::new()),
            _ => {
                let row = rows.last_mut().expect("there is always a row");
                row.last_mut().expect("a row has a cell").push(node.clone());
            }
        }
    }
    rows.retain(|row| row.iter().flatten().any(|node| !raw_text(node).trim().is_empty()));
    rows
}

/// Joins neighbouring text, makes every run of white space one space and trims both ends.
fn tidy(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (out.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => out.push(inline),
        }
    }
    for inline in &mut out {
        if let Inline::Text(text) = inline {
            let mut joined = one_line(text);
            if text.starts_with(char::is_whitespace) && !joined.is_empty() {
                joined.insert(0, ' ');
            }
            if text.ends_with(char::is_whitespace) {
                joined.push(' ');
            }
            *text = joined;
        }
    }
    if let Some(Inline::Text(text)) = out.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text(text)) = out.last_mut() {
        *text = text.trim_end().to_owned();
    }
    out.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    out
}
