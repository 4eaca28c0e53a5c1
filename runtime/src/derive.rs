//! What the code that the derives write needs. It changes together with `rbindgen-macros`.

pub use crate::convert::{Plain, scalar_from_r, scalar_into_r};
