//! Documentation text, free of any target's markup.
//!
//! An Rd page becomes blocks of inlines. Emitters turn them into Markdown or plain text and escape them there: nothing
//! in here is trusted.

use serde::{Deserialize, Serialize};

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inline {
    /// `\code` and its relatives.
    Code(String),
    /// `\emph`.
    Emph(String),
    /// `\strong`, `\bold`.
    Strong(String),
    /// A reference to another help page.
    Link(Link),
    /// `\url` and `\href`: text and address.
    Url(String, String),
    /// Plain text.
    #[serde(untagged)]
    Text(String),
}

/// A reference to another help page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What is shown.
    pub text: String,
    /// The topic, where it is not what is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// The package, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
}

/// A paragraph or what stands in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// A paragraph.
    Text(Vec<Inline>),
    /// Preformatted lines.
    Code(String),
    /// A list, each entry with its label (empty in `\itemize`) and its content.
    Items(Vec<Item>),
    /// `\tabular`: rows of cells.
    Table(Vec<Vec<Vec<Inline>>>),
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The term that is described.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub label: Vec<Inline>,
    /// What is said about it.
    pub text: Vec<Block>,
}

/// The text of inlines without any markup.
pub fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text)
            | Inline::Code(text)
            | Inline::Emph(text)
            | Inline::Strong(text)
            | Inline::Url(text, _)
            | Inline::Link(Link { text, .. }) => text.as_str(),
        })
        .collect()
}

/// Control characters, those that change the direction or the joining of text, and letters without a shape (Hangul's fillers, tags):
/// `Default_Ignorable_Code_Point` of Unicode without the selectors of variants, which emoji need.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e00ff}'
                | '\u{e01f0}'..='\u{e0fff}'
        )
}
