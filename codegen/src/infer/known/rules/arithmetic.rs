//! Operators, and the group Math (`?groupGeneric`).

use super::{Call, Plain, Shape, each, is_one_of, number, numbers, vector, vector_na};
use crate::ir::types::{Atomic, Term, Type};

/// What an operator makes of the elements: `None` where R stops.
type Elements = fn(Atomic, Atomic) -> Option<Atomic>;

/// `+ - * / ^ %% %/%`.
pub fn arithmetic(call: &Call<'_>) -> Option<Type> {
    let elements: Elements = match call.name {
        "/" | "^" => |a, b| (a.max(b) <= Atomic::Complex).then(|| a.max(b).max(Atomic::Double)),
        "%%" | "%/%" => |a, b| (a.max(b) <= Atomic::Double).then(|| a.max(b).max(Atomic::Integer)),
        _ => |a, b| (a.max(b) <= Atomic::Complex).then(|| a.max(b).max(Atomic::Integer)),
    };
    match call.operands {
        [x] => binary(&numbers(x.ty.clone(), call), &Type::scalar(Atomic::Integer), elements, |x, _| {
            unary_class(x)
        }),
        [x, y] => {
            // 5L %/% 0L is NA.
            let zero = matches!(call.name, "%%" | "%/%")
                && !y.code.and_then(number).is_some_and(|value| value != 0.0);
            let ty = binary(&numbers(x.ty.clone(), call), &numbers(y.ty.clone(), call), elements, |x, y| {
                arithmetic_class(call.name, x, y)
            })?;
            Some(if zero { ty.map(integer_na) } else { ty })
        }
        _ => None,
    }
}

fn integer_na(term: Term) -> Term {
    match term {
        Term::Vector(mut vector) if vector.atomic == Atomic::Integer => {
            vector.na = true;
            Term::Vector(vector)
        }
        other => other,
    }
}

fn unary_class(term: &Term) -> Option<Type> {
    match term {
        Term::Class(names) if is_one_of(names, &["difftime", "ts", "data.frame"]) => {
            Some(term.clone().into())
        }
        _ => None,
    }
}

/// Arithmetic where one side has a class.
fn arithmetic_class(operator: &str, x: &Term, y: &Term) -> Option<Type> {
    let class = |term: &Term, name: &str| matches!(term, Term::Class(names) if is_one_of(names, &[name]));
    let either = |name| class(x, name) || class(y, name);
    let other = |name| if class(x, name) { y } else { x };
    let plain = |term: &Term| Plain::of(term).is_some_and(|one| one.shape <= Shape::Matrix);
    if either("data.frame") {
        let rest = other("data.frame");
        let fits = plain(rest) || class(rest, "data.frame") || matches!(rest, Term::List(_));
        return fits.then(|| Type::class("data.frame"));
    }
    for date in ["Date", "POSIXct"] {
        if either(date) {
            let rest = other(date);
            return match operator {
                "+" if plain(rest) || class(rest, "difftime") => Some(Term::Class(date_class(date)).into()),
                "-" if class(x, date) && class(y, date) => Some(Type::class("difftime")),
                "-" if class(x, date) && (plain(y) || class(y, "difftime")) => {
                    Some(Term::Class(date_class(date)).into())
                }
                _ => None,
            };
        }
    }
    if either("difftime") {
        let both = class(x, "difftime") && class(y, "difftime");
        return match operator {
            "+" | "-" if both || plain(other("difftime")) => Some(Type::class("difftime")),
            "*" if !both && plain(other("difftime")) => Some(Type::class("difftime")),
            "/" if class(x, "difftime") && plain(y) => Some(Type::class("difftime")),
            "/" if both => Some(vector_na(Atomic::Double)),
            _ => None,
        };
    }
    if either("ts") {
        let rest = other("ts");
        return (class(rest, "ts") || plain(rest)).then(|| Type::class("ts"));
    }
    None
}

fn date_class(name: &str) -> Vec<String> {
    match name {
        "POSIXct" => vec!["POSIXct".to_owned(), "POSIXt".to_owned()],
        name => vec![name.to_owned()],
    }
}

/// Each term of one side with each of the other.
fn binary(
    x: &Type,
    y: &Type,
    elements: Elements,
    class: impl Fn(&Term, &Term) -> Option<Type>,
) -> Option<Type> {
    each(x, |x| {
        each(y, |y| {
            let null = Plain { atomic: Some(Atomic::Logical), shape: Shape::Vector, na: false };
            let plain = |term: &Term| if *term == Term::Null { Some(null) } else { Plain::of(term) };
            match (plain(x), plain(y)) {
                (Some(x), Some(y)) => {
                    let atomic = match (x.atomic, y.atomic) {
                        (Some(a), Some(b)) => match elements(a, b) {
                            Some(atomic) => Some(atomic),
                            None => return Some(Type::never()),
                        },
                        _ => None,
                    };
                    let na = x.na || y.na;
                    Plain { atomic, shape: joined(x.shape, y.shape), na }.ty()
                }
                _ => class(x, y),
            }
        })
    })
}

/// The shape of two operands together: one element takes the other's shape, a vector gives way to dimensions.
pub fn joined(a: Shape, b: Shape) -> Shape {
    a.max(b)
}

/// `== != < <= > >=`.
pub fn compare(call: &Call<'_>) -> Option<Type> {
    let [x, y] = call.operands else { return None };
    let logical = |_: Atomic, _: Atomic| Some(Atomic::Logical);
    let class = |x: &Term, y: &Term| {
        let known = |term: &Term| match term {
            Term::Class(names) => is_one_of(names, COMPARED),
            Term::Code | Term::List(_) | Term::Record(_) | Term::Null => true,
            other => Plain::of(other).is_some_and(|one| one.shape <= Shape::Vector),
        };
        let has = |name: &str| {
            [x, y].iter().any(|term| matches!(term, Term::Class(names) if is_one_of(names, &[name])))
        };
        if has("data.frame") {
            Some(Term::Matrix(Some(Atomic::Logical)).into())
        } else if has("ts") {
            Some(Type::class("ts"))
        } else if known(x) && known(y) {
            Some(vector_na(Atomic::Logical))
        } else {
            None
        }
    };
    binary(&numbers(x.ty.clone(), call), &numbers(y.ty.clone(), call), logical, class)
        .map(|ty| ty.map(known_elements))
}

/// The classes whose comparison gives a logical vector.
const COMPARED: &[&str] =
    &["factor", "Date", "POSIXct", "POSIXlt", "difftime", "numeric_version", "package_version", "noquote"];

/// Comparison gives logical elements, also where the operands' are not known.
fn known_elements(term: Term) -> Term {
    match term {
        Term::Matrix(None) => Term::Matrix(Some(Atomic::Logical)),
        other => other,
    }
}

/// `&` and `|`.
pub fn logic(call: &Call<'_>) -> Option<Type> {
    let [x, y] = call.operands else { return None };
    let elements = |a: Atomic, b: Atomic| match (a, b) {
        (Atomic::Raw, Atomic::Raw) => Some(Atomic::Raw),
        (a, b) => (a.max(b) <= Atomic::Complex).then_some(Atomic::Logical),
    };
    let class = |x: &Term, y: &Term| {
        let frame = |term: &Term| matches!(term, Term::Class(names) if is_one_of(names, &["data.frame"]));
        (frame(x) || frame(y)).then(|| Term::Matrix(Some(Atomic::Logical)).into())
    };
    let guess = |ty: Type| if ty.is_any() && call.likely { vector_na(Atomic::Logical) } else { ty };
    binary(&guess(x.ty.clone()), &guess(y.ty.clone()), elements, class).map(|ty| ty.map(known_elements))
}

/// `!`.
pub fn not(call: &Call<'_>) -> Option<Type> {
    let x = call.operands.first()?;
    let ty = if x.ty.is_any() && call.likely { vector_na(Atomic::Logical) } else { x.ty.clone() };
    each(&ty, |term| match term {
        Term::Null => Some(Type::never()),
        Term::Class(names) if is_one_of(names, &["data.frame"]) => {
            Some(Term::Matrix(Some(Atomic::Logical)).into())
        }
        _ => {
            let mut plain = Plain::of(term)?;
            plain.atomic = match plain.atomic {
                Some(Atomic::Raw) => Some(Atomic::Raw),
                Some(Atomic::Character) => return Some(Type::never()),
                _ => Some(Atomic::Logical),
            };
            plain.ty()
        }
    })
}

/// `&&` and `||`: NA only where an operand may be NA, or empty (an error from R 4.3 on).
pub fn both(call: &Call<'_>) -> Option<Type> {
    let certain = call.operands.iter().all(|one| {
        !one.ty.is_any()
            && one.ty.terms().all(|term| Plain::of(term).is_some_and(|x| !x.na && x.shape == Shape::Scalar))
    });
    Some(vector(Atomic::Logical, true, !certain))
}

/// `from:to`.
pub fn colon(call: &Call<'_>) -> Option<Type> {
    let [from, to] = call.operands else { return None };
    if let Some(value) = from.code.and_then(number) {
        let whole = value.fract() == 0.0;
        return Some(Type::vector(if whole { Atomic::Integer } else { Atomic::Double }));
    }
    let factor = |term: &Term| matches!(term, Term::Class(names) if is_one_of(names, &["factor"]));
    if from.ty.terms().any(factor) && to.ty.terms().all(factor) {
        return Some(Type::class("factor"));
    }
    let whole = !from.ty.is_any()
        && from.ty.terms().all(|term| {
            Plain::of(term).is_some_and(|one| one.atomic.is_some_and(|atomic| atomic <= Atomic::Integer))
        });
    Some(Type::vector(if whole { Atomic::Integer } else { Atomic::Double }))
}

/// `%*%`, `crossprod`, `tcrossprod`: a matrix.
pub fn product(call: &Call<'_>) -> Option<Type> {
    let mut elements = Some(Atomic::Double);
    for operand in call.operands {
        let ty = operand.ty.clone().without_null();
        let ty = numbers(ty, call);
        if ty.is_any() {
            return None;
        }
        for term in ty.terms() {
            let plain = Plain::of(term)?;
            match plain.atomic {
                Some(atomic) => elements = elements.map(|sum| sum.max(atomic)),
                None => elements = None,
            }
        }
    }
    Some(Term::Matrix(elements).into())
}

/// A function of each element that keeps the shape: `sqrt`. The word says what becomes of the elements.
pub fn math(call: &Call<'_>) -> Option<Type> {
    each(&numbers(call.ty("x"), call), |term| match term {
        Term::Null => None,
        Term::Class(names) if is_one_of(names, &["data.frame", "ts"]) => Some(term.clone().into()),
        Term::Class(names) if is_one_of(names, &["difftime"]) && call.word(0) != "double" => {
            Some(term.clone().into())
        }
        _ => {
            let mut plain = Plain::of(term)?;
            if matches!(plain.atomic, Some(Atomic::Character | Atomic::Raw)) {
                return Some(Type::never());
            }
            plain.atomic = plain.atomic.map(|atomic| match call.word(0) {
                "flat" => atomic.max(Atomic::Integer),
                "modulus" if atomic == Atomic::Complex => Atomic::Double,
                "modulus" => atomic.max(Atomic::Integer),
                "real" => Atomic::Double,
                _ => atomic.max(Atomic::Double),
            });
            // cumsum() and its kin drop dimensions.
            if matches!(call.word(0), "flat" | "flatten") && plain.shape > Shape::Vector {
                plain.shape = Shape::Vector;
                plain.atomic = plain.atomic.or(call.likely.then_some(Atomic::Double));
            }
            plain.ty()
        }
    })
}
