//! Procedural macros of rbindgen-runtime, which re-exports them.

mod factor;
mod from_data_frame;
mod from_list;
mod into_data_frame;
mod into_list;
mod record;

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

/// Makes a struct out of a data frame: a row of it or, with `#[r(columns)]`, all of it.
///
/// As a row, the struct makes `Vec<Row>` something that a data frame can become (`FromR`): each field is an element of the column with its
/// name. A field may be any element of an R vector (numbers, `String`, an enum with `#[derive(RFactor)]`, a date …), and
/// takes NA when it is an `Option`.
///
/// With `#[r(columns)]` the struct itself is what a data frame can become, and each field is a whole column: a `Vec`, or a wrapper
/// such as `Double<'r>` over R's own memory. The struct may have one lifetime, that of R's values.
///
/// - `#[r(name = "Petal.Length")]` gives R's name of a column; else it is the field's.
/// - `#[r(default)]` takes the type's default where the data frame has no such column.
/// - `#[r(skip)]` takes the default always.
///
/// Columns that no field names are left alone. What is wrong in any column comes in one error, `Error::Struct`, which names the
/// struct, the columns and the rows.
///
/// ```ignore
/// #[derive(FromDataFrame)]
/// struct Flower {
///     #[r(name = "Petal.Length")]
///     petal_length: f64,
///     #[r(name = "Species")]
///     species: Option<String>,
/// }
///
/// let flowers: Vec<Flower> = r.get_exported("datasets", "iris")?.to()?;
/// ```
#[proc_macro_derive(FromDataFrame, attributes(r))]
pub fn derive_from_data_frame(input: TokenStream) -> TokenStream {
    from_data_frame::derive(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a data frame of a struct: of many, each a row, or, with `#[r(columns)]`, of one.
///
/// As a row, the struct makes `Vec<Row>`, `&[Row]` and `[Row; N]` a data frame (`IntoR`), with a column for each field. `None` is NA. An
/// enum with `#[derive(RFactor)]` becomes a factor, a `Vec` in a row a column of lists.
///
/// With `#[r(columns)]` the struct itself becomes the data frame, each field a column; all have to be of one length.
///
/// - `#[r(name = "Petal.Length")]` gives R's name of a column; else it is the field's.
/// - `#[r(skip)]` leaves a field out.
///
/// ```ignore
/// #[derive(IntoDataFrame)]
/// struct Point {
///     x: f64,
///     label: Option<String>,
/// }
///
/// let df = vec![Point { x: 1.0, label: None }].into_r(r)?;
/// ```
#[proc_macro_derive(IntoDataFrame, attributes(r))]
pub fn derive_into_data_frame(input: TokenStream) -> TokenStream {
    into_data_frame::derive(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a struct out of a named list (`FromR`): each field is the element with its name.
///
/// A field is of any type that an R value can become. `#[r(name = "…")]` gives R's name of an element, `#[r(default)]` takes the type's
/// default where the list has no such element, `#[r(skip)]` takes it always. Without that, an element that is absent is `NULL`, as
/// in R: fine for an `Option`, an error for most else. Elements that no field names are left alone. What is wrong comes in
/// one error, `Error::Struct`, which names the struct and the elements. The struct may have one lifetime, that of R's values.
///
/// A `Vec` of the struct is a list of such lists; a struct whose `Vec` is to be a data frame derives `FromDataFrame` instead.
///
/// ```ignore
/// #[derive(FromList)]
/// struct Control {
///     maxit: i32,
///     reltol: Option<f64>,
/// }
///
/// let control: Control = r.eval("list(maxit = 100)")?.to()?;
/// ```
#[proc_macro_derive(FromList, attributes(r))]
pub fn derive_from_list(input: TokenStream) -> TokenStream {
    from_list::derive(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a named list of a struct (`IntoR`, by value and by reference): each field is an element with its name.
///
/// `None` is NA for a number or a string, `NULL` for anything else. `#[r(name = "…")]` gives R's name of an element,
/// `#[r(skip)]` leaves a field out. A `Vec` of the struct is a list of lists.
///
/// ```ignore
/// #[derive(IntoList)]
/// struct Control {
///     maxit: i32,
///     #[r(name = "trace")]
///     verbose: bool,
/// }
///
/// stats.call((x, named("control", Control { maxit: 100, verbose: false })))?;
/// ```
#[proc_macro_derive(IntoList, attributes(r))]
pub fn derive_into_list(input: TokenStream) -> TokenStream {
    into_list::derive(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
