//! What help pages say about types, in words.

use crate::ir::code::Expr;
use crate::ir::types::Type;
use crate::ir::{Argument, Page};

/// What a text says about one value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// The type that its words name; `None` where they name none.
    pub ty: Option<Type>,
    /// Whether the words settle that it is one element (`a number`, `logical indicating`) or several (`a vector of`).
    pub scalar: Option<bool>,
    /// Whether NULL is said to be taken.
    pub nullable: bool,
    /// Whether it is said that it can be left out.
    pub optional: bool,
    /// The strings that are listed as the only choices.
    pub choices: Vec<String>,
    /// How plain the words are: the type stands at the head of the sentence, not somewhere in it.
    pub plain: bool,
    /// The sentence that says it, on one line, shortened.
    pub place: String,
}

/// What a page says about a result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaidOfValue {
    /// The result as a whole.
    pub whole: Said,
    /// Its components, from the `\item`s of `\value`.
    pub components: Vec<(String, Said)>,
    /// Whether the page says that nothing of use is returned, that it is invisible, or NULL.
    pub nothing: bool,
}

/// What is said about an argument. `default` is its default in the code.
pub fn argument(name: &str, said: &Argument, default: Option<&Expr>) -> Said {
    let _ = (name, said, default);
    Said::default()
}

/// What is said about the result of the function `name`, which may be one of several on the page.
pub fn value(name: &str, page: &Page) -> SaidOfValue {
    let _ = (name, page);
    SaidOfValue::default()
}
