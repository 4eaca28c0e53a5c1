//! R code as text.

use super::Expr;

/// The text of an expression, which [`parse`](super::parse) reads back to an equal one.
pub fn deparse(expr: &Expr) -> String {
    format!("{expr:?}")
}
