//! What the methods of R's own generics give: a package's method keeps what the generic's documentation promises.

use super::context::Context;
use crate::ir::types::{Atomic, Term, Type};
use crate::ir::{Function, Parameter};

/// What is promised of the result of a function that is registered as a method, or named as one of the replacement functions;
/// and the promise.
pub fn promised(
    context: &Context<'_>,
    function: &Function,
    parameters: &[Parameter],
) -> Option<(Type, String)> {
    let first = || {
        let parameter = parameters.first()?;
        let ty = parameter.position.ty.clone();
        (!ty.is_any() && parameter.dots.is_none()).then_some(ty)
    };
    if function.name.contains("<-") {
        return Some((first()?, "what is changed comes back".to_owned()));
    }
    let methods = context.registered(&function.name);
    let generic = methods.first()?.generic.as_str();
    if methods.iter().any(|method| method.generic != generic) {
        return None;
    }
    let class = methods.first()?.class.as_str();
    let ty = match generic {
        "summary" if class != "default" => summary(context, class)?,
        _ if gives_back(generic) => first()?,
        _ => of_generic(generic)?,
    };
    Some((ty, format!("a method for {generic}")))
}

/// What is promised of the result of an S4 method.
pub fn promised_of_method(generic: &str, parameters: &[Parameter]) -> Option<(Type, String)> {
    let first = || {
        let ty = parameters.first()?.position.ty.clone();
        (!ty.is_any()).then_some(ty)
    };
    let ty = match generic {
        "show" => Type::null(),
        "initialize" => first()?,
        _ if generic.ends_with("<-") || gives_back(generic) => first()?,
        _ => of_generic(generic)?,
    };
    Some((ty, format!("a method for {generic}")))
}

/// Whether methods of a generic give what they are given.
fn gives_back(generic: &str) -> bool {
    matches!(generic, "print" | "[" | "rev" | "sort" | "unique" | "head" | "tail" | "update" | "na.omit")
}

/// The class of summaries is known by its method for `print`.
fn summary(context: &Context<'_>, class: &str) -> Option<Type> {
    let summary = format!("summary.{class}");
    context.methods("print").iter().any(|method| method.class == summary).then(|| Type::class(&summary))
}

/// What all methods of a generic of R give.
fn of_generic(generic: &str) -> Option<Type> {
    let many = |atomic| Some(Type::vector(atomic));
    match generic {
        "format" | "as.character" | "toString" | "labels" | "levels" | "variable.names" | "case.names" => {
            many(Atomic::Character)
        }
        "length" | "nobs" => Some(Type::scalar(Atomic::Integer)),
        "dim" => many(Atomic::Integer),
        "as.double" | "as.numeric" | "fitted" | "residuals" | "coef" | "weights" => many(Atomic::Double),
        "sigma" | "df.residual" | "AIC" | "BIC" => Some(Type::scalar(Atomic::Double)),
        "as.integer" | "xtfrm" => many(Atomic::Integer),
        "as.logical" | "is.na" => many(Atomic::Logical),
        "as.data.frame" | "model.frame" => Some(Type::class("data.frame")),
        "as.matrix" | "model.matrix" | "vcov" => Some(Term::Matrix(None).into()),
        "as.list" | "split" => Some(Type::list()),
        "as.environment" => Some(Term::Environment.into()),
        "as.function" => Some(Type::function()),
        "as.Date" => Some(Type::class("Date")),
        "formula" => Some(Type::class("formula")),
        "terms" => Some(Type::class("terms")),
        "logLik" => Some(Type::class("logLik")),
        "anova" => Some(Type::class("anova")),
        "family" => Some(Type::class("family")),
        _ => None,
    }
}
