//! Which help page describes a data set, and what it says about each column.

use std::collections::BTreeMap;

use super::rd::{blocks, children, inlines, raw_text, rows, section, tag};
use super::rds::Value;
use crate::ir::text::Block;
use crate::ir::{Help, Object};

/// The help pages of a package, by alias.
pub struct Pages<'a>(BTreeMap<String, &'a Value>);

impl<'a> Pages<'a> {
    /// Indexes the pages; where two claim an alias, the one that is named so wins.
    pub fn new(pages: &'a [Value]) -> Pages<'a> {
        let mut index: BTreeMap<String, &'a Value> = BTreeMap::new();
        for page in pages {
            let name = topic(page);
            for node in children(page).iter().filter(|node| tag(node) == "\\alias") {
                let alias = raw_text(node).trim().to_owned();
                if alias == name || !index.contains_key(&alias) {
                    index.insert(alias, page);
                }
            }
        }
        Pages(index)
    }

    /// What the help says about the data set `name`.
    pub fn dataset(&self, name: &str, object: &Object) -> Option<Help> {
        let page = *self.0.get(name)?;
        let text = |name| section(page, name).map(children).unwrap_or_default();
        let mut items = BTreeMap::new();
        if !object.fields.is_empty() {
            for one in ["\\format", "\\value", "\\description", "\\details"] {
                find_items(text(one), object, &mut items);
            }
        }
        Some(Help {
            topic: topic(page),
            title: inlines(text("\\title")),
            description: blocks(text("\\description")),
            items,
        })
    }
}

fn topic(page: &Value) -> String {
    section(page, "\\name").map(|node| raw_text(node).trim().to_owned()).unwrap_or_default()
}

/// Collects what is said about the fields of `object`: the entries of `\describe` lists and the rows of tables that
/// name one of them. The first word on a field counts.
fn find_items(nodes: &[Value], object: &Object, found: &mut BTreeMap<String, Vec<Block>>) {
    for node in nodes {
        match tag(node) {
            "\\item" => {
                if let [label, text, ..] = children(node) {
                    // One entry may describe several: \item{x, y}{…}.
                    for name in raw_text(label).split(',') {
                        note(name, || blocks(children(text)), object, found);
                    }
                }
            }
            "\\tabular" => {
                for row in rows(node) {
                    let Some((last, before)) = row.split_last() else { continue };
                    for cell in before {
                        let name: String = cell.iter().map(raw_text).collect();
                        note(&name, || blocks(last), object, found);
                    }
                }
            }
            _ => {}
        }
        find_items(children(node), object, found);
    }
}

fn note(
    name: &str,
    text: impl FnOnce() -> Vec<Block>,
    object: &Object,
    found: &mut BTreeMap<String, Vec<Block>>,
) {
    let name = name.trim().trim_end_matches(':').trim_matches(['"', '\'', '`']);
    if object.fields.iter().any(|field| field.name == name) && !found.contains_key(name) {
        let text = text();
        if !text.is_empty() {
            found.insert(name.to_owned(), text);
        }
    }
}
