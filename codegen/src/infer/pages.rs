//! Finding what the help says about a function and its arguments.

use std::collections::BTreeMap;

use crate::ir::text::{Block, plain};
use crate::ir::{Argument, Function, Package, Page, S4Method};

/// The help pages of a package, by topic and by alias.
pub struct Index<'a> {
    by_topic: BTreeMap<&'a str, &'a Page>,
    by_alias: BTreeMap<&'a str, &'a Page>,
}

impl<'a> Index<'a> {
    /// Indexes the pages of a package.
    pub fn new(package: &'a Package) -> Index<'a> {
        let by_topic = package.pages.iter().map(|page| (page.topic.as_str(), page)).collect();
        let mut by_alias = BTreeMap::new();
        for page in &package.pages {
            for alias in &page.aliases {
                by_alias.entry(alias.as_str()).or_insert(page);
            }
        }
        Index { by_topic, by_alias }
    }

    /// The page of a function: its own, or the page of the generic and class that it is a method of.
    pub fn of(&self, function: &'a Function) -> Option<&'a Page> {
        let topic = function.topic.as_deref();
        topic.and_then(|topic| self.by_topic.get(topic).copied()).or_else(|| self.alias(&function.name))
    }

    /// The page of an S4 method: its own, or that of its generic ("Writing R Extensions", 2.1.2).
    pub fn of_method(&self, method: &S4Method) -> Option<&'a Page> {
        let classes: Vec<&str> = method.signature.iter().map(|one| one.class.as_str()).collect();
        self.alias(&format!("{},{}-method", method.generic, classes.join(",")))
            .or_else(|| method.function.topic.as_deref().and_then(|topic| self.by_topic.get(topic).copied()))
            .or_else(|| self.alias(&method.generic))
    }

    /// The page with this alias.
    pub fn alias(&self, alias: &str) -> Option<&'a Page> {
        self.by_alias.get(alias).copied()
    }
}

/// What a page says about an argument.
pub fn argument<'a>(page: &'a Page, name: &str) -> Option<&'a Argument> {
    page.arguments.iter().find(|one| one.names.iter().any(|described| described == name))
}

/// Whether an argument is marked as code among the columns of a data frame, as tidy evaluation has it: `<data-masking>` or
/// `<tidy-select>` before all else.
pub fn is_masked(said: &Argument) -> bool {
    let Some(Block::Text(text)) = said.text.first() else { return false };
    let text = plain(text);
    let mark = text.trim_start_matches(['[', '`', ' ']).strip_prefix('<');
    mark.map(|mark| mark.trim_start_matches(['[', '`']))
        .is_some_and(|mark| ["data-masking", "tidy-select"].iter().any(|one| mark.starts_with(one)))
}
