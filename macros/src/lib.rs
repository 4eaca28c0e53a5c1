//! Procedural macros of rbindgen-runtime, which re-exports them.

mod factor;

use proc_macro::TokenStream;

/// Makes an enumeration the levels of a factor: implements `RFactor`, `Display`, `FromStr` and the conversions from
/// and to R: a value is a factor of length one, a `Vec` a factor, `None` is NA.
///
/// Every variant is a unit variant. `#[r(level = "…")]` gives R's spelling; without it the variant's own name is the level.
/// The order of the variants is that of the levels.
///
/// ```ignore
/// #[derive(Clone, Copy, PartialEq, Eq, RFactor)]
/// enum Feed {
///     #[r(level = "horse bean")]
///     HorseBean,
///     #[r(level = "casein")]
///     Casein,
/// }
/// ```
#[proc_macro_derive(RFactor, attributes(r))]
pub fn derive_r_factor(input: TokenStream) -> TokenStream {
    factor::derive(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
