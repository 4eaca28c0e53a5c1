//! A help page, section by section.

use std::collections::BTreeMap;

use super::rd::{blocks, children, inlines, raw_text, tag};
use super::rdcode::{Usage, examples, label, usage};
use super::rds::Value;
use crate::ir::text::{Block, plain};
use crate::ir::{Argument, Page};

/// Reads the tree of a page.
pub fn page(tree: &Value) -> Page {
    let mut page = Page::default();
    let mut code = Usage::default();
    for section in children(tree) {
        let inside = children(section);
        let word = || raw_text(section).trim().to_owned();
        match tag(section) {
            "\\name" => page.topic = word(),
            "\\alias" => page.aliases.push(word()),
            "\\docType" => page.doc_type = word(),
            "\\title" => page.title.extend(inlines(inside)),
            "\\description" => page.description.extend(blocks(inside)),
            "\\usage" => usage(inside, &mut code),
            "\\arguments" => page.arguments.extend(items(inside).0),
            "\\value" => {
                let (components, rest) = items(inside);
                page.components.extend(components);
                page.value.extend(blocks(&rest));
            }
            "\\details" => page.details.extend(blocks(inside)),
            "\\format" => page.format.extend(format(inside, &mut page.items)),
            "\\section" => {
                if let [title, text, ..] = inside {
                    page.sections.push((plain(&inlines(children(title))), blocks(children(text))));
                }
            }
            "\\examples" => page.examples += &examples(inside),
            "\\seealso" => page.see_also.extend(blocks(inside)),
            "\\concept" | "\\keyword" => page.concepts.push(word()),
            _ => {}
        }
    }
    page.usage = code.text.trim_matches('\n').trim_end().to_owned();
    page.methods = code.methods;
    page
}

/// The `\item`s that stand directly in a section, and what else does. Items may stand in the branch of an `\if` and in what
/// `\Sexpr` has put in.
fn items(nodes: &[Value]) -> (Vec<Argument>, Vec<Value>) {
    let (mut found, mut rest) = (Vec::new(), Vec::new());
    for node in nodes {
        match (tag(node), children(node)) {
            ("\\item", [names, text, ..]) => {
                found.push(Argument { names: split(&label(names)), text: blocks(children(text)) });
            }
            ("LIST", inside) => {
                let (items, others) = items(inside);
                found.extend(items);
                rest.extend(others);
            }
            _ => rest.push(node.clone()),
        }
    }
    (found, rest)
}

/// The names that one `\item` describes: `x, y`, `x and y`.
fn split(label: &str) -> Vec<String> {
    let one = |part: &str| part.trim().trim_end_matches(':').trim_matches(['"', '\'', '`']).trim().to_owned();
    let mut names: Vec<String> = Vec::new();
    for part in label.split([',', ';', '\n']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        match words[..] {
            [first, "and" | "or" | "&", second] => names.extend([one(first), one(second)]),
            ["and" | "or" | "&", only] => names.push(one(only)),
            _ => names.push(one(part)),
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The text of `\format`, and what its `\describe` lists say of each column.
fn format(nodes: &[Value], items: &mut BTreeMap<String, Vec<Block>>) -> Vec<Block> {
    let mut rest = Vec::new();
    for node in nodes {
        if tag(node) != "\\describe" {
            rest.push(node.clone());
            continue;
        }
        for item in children(node).iter().filter(|item| tag(item) == "\\item") {
            if let [names, text, ..] = children(item) {
                for name in split(&label(names)) {
                    items.entry(name).or_insert_with(|| blocks(children(text)));
                }
            }
        }
    }
    blocks(&rest)
}
