//! Help pages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::text::{Block, Inline};

/// A help page, as far as bindings and inference use it. Sections that a page lacks are empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Its name, as in `?topic`.
    pub topic: String,
    /// The names under which it is found, in the page's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// `\docType`: `data`, `package`, `class`, `methods`; empty for functions.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc_type: String,
    /// `\title`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<Inline>,
    /// `\description`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Block>,
    /// `\usage` as R code, in which `\method{generic}{class}(x)` stands as `generic(x)` and is listed in
    /// [`Page::methods`], too.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub usage: String,
    /// The `\method`, `\S3method` and `\S4method` of `\usage`: generic and class (S4: signature).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<(String, String)>,
    /// `\arguments`: each `\item` with the names that it describes (`x, y` are two, `\dots` is `...`), in the page's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<Argument>,
    /// `\value`: the text, without its items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub value: Vec<Block>,
    /// The `\item`s of `\value`: a component of the result each, in the page's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Argument>,
    /// `\details`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Block>,
    /// `\format` without its items (data sets).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub format: Vec<Block>,
    /// What `\format` says about each column or element, by its name in R (data sets).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub items: BTreeMap<String, Vec<Block>>,
    /// The sections that the author named: title and text. The slots, fields and methods of a class page are found here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<(String, Vec<Block>)>,
    /// `\examples` as R code, comments kept; `\dontrun` and its relatives as R shows them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub examples: String,
    /// `\seealso`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub see_also: Vec<Block>,
    /// `\concept` and `\keyword`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concepts: Vec<String>,
}

/// What a page says about an argument or a component.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    /// The names that are described together.
    pub names: Vec<String>,
    /// What is said.
    pub text: Vec<Block>,
}
