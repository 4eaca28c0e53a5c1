//! What a value is, for `match`.

use super::{
    Character, Complex, DataFrame, Date, DateTime, Double, Duration, Environment, Expression, Factor,
    Formula, Function, Integer, Kind, Language, List, Logical, Null, Pairlist, Raw, S4, Symbol, Value,
    Wrapper,
};

/// A [`Value`] as what it is: made by [`Value::content`].
///
/// What has a type of its own in R by its class attribute comes as that: a factor is `Factor` and not `Integer`, a data frame `DataFrame`
/// and not `List`. Matrices, arrays and time series come as their vectors; R6 and reference objects as `Environment` and `S4`. A `POSIXlt`
/// is a `List`: [`DateTime`] is made from it by conversion.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Content<'a, 'r> {
    /// `NULL`.
    Null(&'a Null<'r>),
    /// A logical vector.
    Logical(&'a Logical<'r>),
    /// An integer vector that is nothing more.
    Integer(&'a Integer<'r>),
    /// A double vector that is nothing more.
    Double(&'a Double<'r>),
    /// A complex vector.
    Complex(&'a Complex<'r>),
    /// A raw vector.
    Raw(&'a Raw<'r>),
    /// A character vector.
    Character(&'a Character<'r>),
    /// A factor.
    Factor(&'a Factor<'r>),
    /// Dates.
    Date(&'a Date<'r>),
    /// Points in time.
    DateTime(&'a DateTime<'r>),
    /// Lengths of time.
    Duration(&'a Duration<'r>),
    /// A list that is nothing more.
    List(&'a List<'r>),
    /// A data frame.
    DataFrame(&'a DataFrame<'r>),
    /// A function.
    Function(&'a Function<'r>),
    /// An environment; R6 objects too.
    Environment(&'a Environment<'r>),
    /// A symbol.
    Symbol(&'a Symbol<'r>),
    /// A call.
    Language(&'a Language<'r>),
    /// A formula.
    Formula(&'a Formula<'r>),
    /// An expression vector.
    Expression(&'a Expression<'r>),
    /// A pairlist.
    Pairlist(&'a Pairlist<'r>),
    /// An object of an S4 class that is not built on another type; reference objects too.
    S4(&'a S4<'r>),
    /// Anything else: external pointers, promises, byte code.
    Other(&'a Value<'r>),
}

impl<'r> Value<'r> {
    /// The value as what it is, for `match`; nothing is copied.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let describe = |code: &str| -> Result<String, Error> {
    ///         Ok(match r.eval(code)?.content() {
    ///             Content::Double(x) => format!("{} numbers", x.len()),
    ///             Content::Factor(x) => format!("{} levels", x.levels()?.len()),
    ///             Content::Null(_) => "nothing".to_owned(),
    ///             other => format!("{other:?}"),
    ///         })
    ///     };
    ///     assert_eq!(describe("c(1, 2)")?, "2 numbers");
    ///     assert_eq!(describe("factor(c('a', 'b', 'a'))")?, "2 levels");
    ///     assert_eq!(describe("NULL")?, "nothing");
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn content(&self) -> Content<'_, 'r> {
        if self.is_object()
            && let Some(content) = self.content_by_class()
        {
            return content;
        }
        match self.kind() {
            Kind::Null => as_type(self, Content::Null),
            Kind::Logical => as_type(self, Content::Logical),
            Kind::Integer => as_type(self, Content::Integer),
            Kind::Double => as_type(self, Content::Double),
            Kind::Complex => as_type(self, Content::Complex),
            Kind::Raw => as_type(self, Content::Raw),
            Kind::Character => as_type(self, Content::Character),
            Kind::List => as_type(self, Content::List),
            Kind::Function => as_type(self, Content::Function),
            Kind::Environment => as_type(self, Content::Environment),
            Kind::Symbol => as_type(self, Content::Symbol),
            Kind::Language => as_type(self, Content::Language),
            Kind::Expression => as_type(self, Content::Expression),
            Kind::Pairlist => as_type(self, Content::Pairlist),
            Kind::S4 => as_type(self, Content::S4),
            Kind::ExternalPtr | Kind::Other => Content::Other(self),
        }
    }

    fn content_by_class(&self) -> Option<Content<'_, 'r>> {
        fn known<'a, 'r, W: Wrapper<'r>>(
            value: &'a Value<'r>,
            content: fn(&'a W) -> Content<'a, 'r>,
        ) -> Option<Content<'a, 'r>> {
            W::from_ref_if(value).map(content)
        }
        match self.kind() {
            Kind::Integer | Kind::Double => known(self, Content::Factor)
                .or_else(|| known(self, Content::Date))
                .or_else(|| known(self, Content::DateTime))
                .or_else(|| known(self, Content::Duration)),
            Kind::List => known(self, Content::DataFrame),
            Kind::Language => known(self, Content::Formula),
            _ => None,
        }
    }
}

/// The value as a wrapper that fits its kind.
fn as_type<'a, 'r, W: Wrapper<'r>>(
    value: &'a Value<'r>,
    content: fn(&'a W) -> Content<'a, 'r>,
) -> Content<'a, 'r> {
    W::from_ref_if(value).map_or(Content::Other(value), content)
}
