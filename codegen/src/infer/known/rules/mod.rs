//! Rules: what a function's result is, by the types of its operands.

mod apply;
mod arithmetic;
mod attributes;
mod combine;
mod pick;
mod shape;
mod subset;
mod summary;

use super::call::Call;
use crate::ir::code::Expr;
use crate::ir::types::{Atomic, Term, Type, Vector};

/// The type of a call's result; `None` where it cannot be known.
pub(super) type Rule = fn(&Call<'_>) -> Option<Type>;

/// The rule with this name.
pub(super) fn find(name: &str) -> Option<Rule> {
    Some(match name {
        "arithmetic" => arithmetic::arithmetic,
        "compare" => arithmetic::compare,
        "logic" => arithmetic::logic,
        "not" => arithmetic::not,
        "both" => arithmetic::both,
        "colon" => arithmetic::colon,
        "product" => arithmetic::product,
        "math" => arithmetic::math,
        "sum" => summary::sum,
        "extreme" => summary::extreme,
        "truth" => summary::truth,
        "c" => combine::c,
        "list" => combine::list,
        "unlist" => combine::unlist,
        "bind" => combine::bind,
        "switch" => combine::switch,
        "ifelse" => combine::ifelse,
        "paste" => combine::paste,
        "same" => shape::same,
        "many" => shape::many,
        "keep" => shape::keep,
        "along" => shape::along,
        "vectorised" => shape::vectorised,
        "length" => shape::length,
        "mode" => shape::mode,
        "coerce" => shape::coerce,
        "as_vector" => shape::as_vector,
        "as_list" => shape::as_list,
        "rep" => shape::rep,
        "matrix" => shape::matrix,
        "array" => shape::array,
        "transpose" => shape::transpose,
        "diag" => shape::diag,
        "outer" => shape::outer,
        "moment" => summary::moment,
        "spread" => summary::spread,
        "lapply" => apply::lapply,
        "sapply" => apply::sapply,
        "vapply" => apply::vapply,
        "do_call" => apply::do_call,
        "value" => apply::value,
        "subset" => subset::subset,
        "element" => subset::element,
        "dollar" => subset::dollar,
        "subset_set" => subset::subset_set,
        "element_set" => subset::element_set,
        "dollar_set" => subset::dollar_set,
        "vector_index" => pick::vector_index,
        "sets" => pick::sets,
        "append" => pick::append,
        "ends" => pick::ends,
        "sequence" => pick::sequence,
        "inherits" => pick::inherits,
        "set_names" => pick::set_names,
        "unname" => pick::unname,
        "drop" => pick::drop,
        "try" => pick::attempt,
        "getenv" => pick::getenv,
        "sample" => pick::sample,
        "given" => pick::given,
        "unless" => pick::unless,
        "otherwise" => pick::otherwise,
        "parallel" => pick::parallel,
        "structure" => attributes::structure,
        "class_set" => attributes::class_set,
        "attribute_set" => attributes::attribute_set,
        "dim_set" => attributes::dim_set,
        "names_set" => attributes::names_set,
        "length_set" => attributes::length_set,
        "mode_set" => attributes::mode_set,
        "unclass" => attributes::unclass,
        _ => return None,
    })
}

/// How far the values of a term extend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Scalar,
    Vector,
    Matrix,
    Array,
}

/// A term that holds elements of one type and has no class of its own.
#[derive(Clone, Copy, Debug)]
struct Plain {
    /// `None` where it is not known.
    atomic: Option<Atomic>,
    shape: Shape,
    na: bool,
}

impl Plain {
    fn of(term: &Term) -> Option<Plain> {
        Some(match term {
            Term::Vector(Vector { atomic, scalar, na }) => Plain {
                atomic: Some(*atomic),
                shape: if *scalar { Shape::Scalar } else { Shape::Vector },
                na: *na,
            },
            Term::Literal(_) => Plain { atomic: Some(Atomic::Character), shape: Shape::Scalar, na: false },
            Term::Matrix(atomic) => Plain { atomic: *atomic, shape: Shape::Matrix, na: true },
            Term::Class(names) if names[..] == ["array"] => {
                Plain { atomic: None, shape: Shape::Array, na: true }
            }
            _ => return None,
        })
    }

    /// As a type; `None` for a vector whose elements are not known.
    fn ty(self) -> Option<Type> {
        let Plain { atomic, shape, na } = self;
        Some(match shape {
            Shape::Scalar | Shape::Vector => {
                Term::Vector(Vector { atomic: atomic?, scalar: shape == Shape::Scalar, na }).into()
            }
            Shape::Matrix => Term::Matrix(atomic).into(),
            Shape::Array => Type::class("array"),
        })
    }
}

/// A vector, or one element.
fn vector(atomic: Atomic, scalar: bool, na: bool) -> Type {
    Term::Vector(Vector { atomic, scalar, na }).into()
}

/// A vector whose elements may be NA.
fn vector_na(atomic: Atomic) -> Type {
    vector(atomic, false, true)
}

/// What `f` gives for the terms of a type, joined; `None` where it knows nothing about one of them.
fn each(ty: &Type, mut f: impl FnMut(&Term) -> Option<Type>) -> Option<Type> {
    if ty.is_any() {
        return None;
    }
    ty.terms().try_fold(Type::never(), |sum, term| Some(sum.or(f(term)?)))
}

/// The type, or where it is not known and a guess is wanted, numbers.
fn numbers(ty: Type, call: &Call<'_>) -> Type {
    if ty.is_any() && call.likely { vector_na(Atomic::Double) } else { ty }
}

/// Whether an object of one of these classes is meant.
fn is_one_of(names: &[String], classes: &[&str]) -> bool {
    names.iter().any(|name| classes.contains(&name.as_str()))
}

/// The type of the elements that a word names, and whether they may be NA: `^double`; `^^double` where they may in any case.
fn elements(word: &str) -> Option<(Atomic, bool)> {
    match word.strip_prefix("^^").or_else(|| word.strip_prefix('^')) {
        Some(word) => Some((Atomic::from_word(word)?, true)),
        None => Some((Atomic::from_word(word)?, false)),
    }
}

/// The strings that an expression is written as: `"a"` or `c("a", "b")`.
fn strings(code: &Expr) -> Option<Vec<String>> {
    match code {
        Expr::String(Some(text)) => Some(vec![text.to_string()]),
        Expr::Vector(vector) if vector.length == vector.elements.len() as u64 => {
            vector.elements.iter().map(|one| one.string().map(str::to_owned)).collect()
        }
        _ => {
            let call = code.call_of("c")?;
            if call.args.is_empty() {
                return None;
            }
            call.args.iter().map(|arg| Some(arg.value.as_ref()?.string()?.to_owned())).collect()
        }
    }
}

/// The number that an expression is written as.
fn number(code: &Expr) -> Option<f64> {
    match code {
        Expr::Integer(Some(value)) => Some(f64::from(*value)),
        Expr::Double(Some(value)) => Some(*value),
        _ => {
            let call = code.call_of("-").filter(|call| call.args.len() == 1)?;
            match call.arg(0)? {
                Expr::Integer(Some(value)) => Some(-f64::from(*value)),
                Expr::Double(Some(value)) => Some(-*value),
                _ => None,
            }
        }
    }
}
