//! What `\value` sections say.

use crate::ir::Page;

use super::{Said, SaidOfValue, clause, words};

/// What is said about the result of the function `name`, which may be one of several on the page.
pub fn value(name: &str, page: &Page) -> SaidOfValue {
    let sentences = words::sentences(&page.value);
    let reading = clause::read(name, &sentences);
    SaidOfValue {
        whole: Said {
            ty: reading.ty,
            plain: reading.plain,
            nullable: reading.nullable,
            place: words::place(&page.value),
            ..Said::default()
        },
        ..SaidOfValue::default()
    }
}
