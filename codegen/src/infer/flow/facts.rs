//! What a condition says about arguments: when it holds, and when it does not.

use std::rc::Rc;

use super::Walker;
use super::value::State;
use crate::ir::code::{Call, Expr};
use crate::ir::types::{Atomic, Term, Type, Vector};

/// Something that a condition says about the argument of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The parameter.
    pub parameter: usize,
    /// What is so.
    pub says: Says,
}

/// What is so.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// It is of this type.
    Is(Type),
    /// It is not of this type.
    IsNot(Type),
    /// It has one element.
    One,
    /// It has another number of elements.
    NotOne,
    /// The call left it out.
    Missing,
    /// The call gave it.
    Given,
    /// Its strings are among these.
    Among(Vec<String>),
    /// They are not.
    NotAmong(Vec<String>),
}

/// The facts when a condition holds and when it does not.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// When it is TRUE.
    pub holds: Vec<Fact>,
    /// When it is FALSE.
    pub fails: Vec<Fact>,
}

impl Facts {
    fn new(parameter: usize, holds: Says, fails: Says) -> Facts {
        let fact = |says| vec![Fact { parameter, says }];
        Facts { holds: fact(holds), fails: fact(fails) }
    }

    fn swap(self) -> Facts {
        Facts { holds: self.fails, fails: self.holds }
    }

    fn is(parameter: usize, ty: Type) -> Facts {
        Facts::new(parameter, Says::Is(ty.clone()), Says::IsNot(ty))
    }
}

/// The facts that hold where one of two lists does.
fn either(a: &[Fact], b: &[Fact]) -> Vec<Fact> {
    let mut out = Vec::new();
    for one in a {
        for other in b.iter().filter(|other| other.parameter == one.parameter) {
            let says = match (&one.says, &other.says) {
                (Says::Is(a), Says::Is(b)) => Says::Is(a.clone().or(b.clone())),
                (Says::Among(a), Says::Among(b)) => Says::Among([&a[..], &b[..]].concat()),
                (a, b) if a == b => a.clone(),
                _ => continue,
            };
            out.push(Fact { parameter: one.parameter, says });
        }
    }
    out
}

/// The type that `is.NAME` and its relatives test for.
pub fn tested(name: &str) -> Option<Type> {
    use Atomic::{Character, Complex, Double, Integer, Logical, Raw};
    Some(match name {
        "is.numeric" | "is.double" | "is_numeric" | "is_double" | "is_bare_numeric" | "is_bare_double" => {
            Type::vector(Double)
        }
        "is.integer" | "is_integer" | "is_bare_integer" | "is_integerish" | "is_bare_integerish" => {
            Type::vector(Integer)
        }
        "is.character" | "is_character" | "is_bare_character" => Type::vector(Character),
        "is.logical" | "is_logical" | "is_bare_logical" => Type::vector(Logical),
        "is.complex" | "is_complex" => Type::vector(Complex),
        "is.raw" | "is_raw" | "is_bytes" => Type::vector(Raw),
        "is_string" | "is.string" | "is_scalar_character" => Type::scalar(Character),
        "is_bool" | "is.flag" | "is_scalar_logical" | "is_true" | "is_false" => Type::scalar(Logical),
        "is.number"
        | "is_scalar_double"
        | "is_scalar_integer"
        | "is.count"
        | "is_scalar_integerish"
        | "is.scalar" => Type::scalar(Double),
        "is.function" | "is_function" | "is_closure" | "is.primitive" | "is_primitive" => Type::function(),
        "is.list" | "is_list" | "is_bare_list" => Type::list(),
        "is.data.frame" => Type::class("data.frame"),
        "is_tibble" | "is.tbl" => Type::class("tbl_df"),
        "is.matrix" => Term::Matrix(None).into(),
        "is.array" => Type::class("array").or(Term::Matrix(None).into()),
        "is.factor" => Type::class("factor"),
        "is.ordered" => Type::class("ordered"),
        "is.environment" | "is_environment" => Term::Environment.into(),
        "is.null" | "is_null" => Type::null(),
        "is.symbol" | "is.name" | "is_symbol" | "is.call" | "is_call" | "is.language" | "is.expression"
        | "is_expression" => Term::Code.into(),
        "is_formula" | "is_bare_formula" => Type::class("formula"),
        "is.table" => Type::class("table"),
        "is.ts" => Type::class("ts"),
        "is.qr" => Type::class("qr"),
        "is.stepfun" => Type::class("stepfun"),
        "is.numeric_version" => Type::class("numeric_version"),
        "is.package_version" => Type::class("package_version"),
        _ => return None,
    })
}

/// The type of objects of an S3 class; the implicit classes are R's own types.
pub fn of_class(name: &str) -> Type {
    use Atomic::{Character, Complex, Double, Integer, Logical, Raw};
    match name {
        "numeric" | "double" => Type::vector(Double),
        "integer" => Type::vector(Integer),
        "character" => Type::vector(Character),
        "logical" => Type::vector(Logical),
        "complex" => Type::vector(Complex),
        "raw" => Type::vector(Raw),
        "function" => Type::function(),
        "list" => Type::list(),
        "matrix" => Term::Matrix(None).into(),
        // A matrix is an array of two dimensions: methods for arrays get it, too.
        "array" => Type::class("array").or(Term::Matrix(None).into()),
        "NULL" => Type::null(),
        "environment" => Term::Environment.into(),
        "call" | "name" | "symbol" | "expression" | "language" | "(" | "{" | "if" | "<-" | "for"
        | "while" => Term::Code.into(),
        "ANY" | "default" | "vector" | "structure" | "missing" | "" | "any" => Type::Any,
        _ => Type::class(name),
    }
}

impl<'a> Walker<'a, '_> {
    /// What a condition says. Nothing is evaluated or noted.
    pub(super) fn facts(&self, condition: &'a Expr, state: &State<'a>) -> Facts {
        self.facts_within(condition, state, 0)
    }

    fn facts_within(&self, condition: &'a Expr, state: &State<'a>, depth: usize) -> Facts {
        let Some(call) = condition.call() else { return Facts::default() };
        if depth > 40 {
            return Facts::default();
        }
        let Some(name) = call.name() else { return Facts::default() };
        let inner = |index: usize| {
            call.arg(index).map(|one| self.facts_within(one, state, depth + 1)).unwrap_or_default()
        };
        match name {
            "(" | "isTRUE" | "any" | "all" | "isFALSE" if call.args.len() == 1 => {
                let facts = inner(0);
                match name {
                    // That it is not TRUE says nothing: it may be NA or longer.
                    "isTRUE" if call.arg(0).is_some_and(|one| one.call().is_none()) => Facts::default(),
                    "isFALSE" => facts.swap(),
                    _ => facts,
                }
            }
            "!" => inner(0).swap(),
            "&&" | "&" => {
                let (a, b) = (inner(0), inner(1));
                Facts { fails: either(&a.fails, &b.fails), holds: [a.holds, b.holds].concat() }
            }
            "||" | "|" => {
                let (a, b) = (inner(0), inner(1));
                Facts { holds: either(&a.holds, &b.holds), fails: [a.fails, b.fails].concat() }
            }
            "missing" => match self.named_parameter(call.arg(0)) {
                Some(index) => Facts::new(index, Says::Missing, Says::Given),
                None => Facts::default(),
            },
            "inherits" | "is" => {
                let Some(index) = call.arg(0).and_then(|one| self.argument(one, state)) else {
                    return Facts::default();
                };
                let class = call.named("what").or_else(|| call.named("class2")).or_else(|| call.arg(1));
                let classes = class.map(|one| self.written_strings(one, state)).unwrap_or_default();
                let ty = classes.iter().fold(Type::never(), |ty, one| ty.or(of_class(one)));
                if ty.is_never() || ty.is_any() { Facts::default() } else { Facts::is(index, ty) }
            }
            "==" | "identical" | "!=" | "%in%" | "is.element" | ">" | "<" | ">=" | "<=" => {
                self.comparison(name, call, state)
            }
            _ => {
                let Some(index) = call.arg(0).and_then(|one| self.argument(one, state)) else {
                    return Facts::default();
                };
                if let Some(ty) = self.test_of(call, name) {
                    return Facts::is(index, ty);
                }
                Facts::default()
            }
        }
    }

    /// The type for which a predicate tests its first argument: R's own, or a function of the package that does nothing else.
    fn test_of(&self, call: &'a Call, name: &str) -> Option<Type> {
        if call.qualified().is_none() && self.context.function(name).is_some() {
            return self.context.predicate(name);
        }
        tested(name)
    }

    /// `length(x) == 1`, `class(x) == "lm"`, `x == "a"`, `x %in% c("a", "b")` and their relatives.
    fn comparison(&self, operator: &str, call: &'a Call, state: &State<'a>) -> Facts {
        let (Some(left), Some(right)) = (call.arg(0), call.arg(1)) else { return Facts::default() };
        let equal = matches!(operator, "==" | "identical" | "%in%" | "is.element");
        let facts = self.equality(left, right, operator, state);
        let facts = match facts {
            Some(facts) => facts,
            None if equal || operator == "!=" => {
                self.equality(right, left, operator, state).unwrap_or_default()
            }
            None => return Facts::default(),
        };
        if operator == "!=" { facts.swap() } else { facts }
    }

    fn equality(&self, left: &'a Expr, right: &'a Expr, operator: &str, state: &State<'a>) -> Option<Facts> {
        if let Some(call) = left.call() {
            let inner = call.arg(0)?;
            match call.name()? {
                "length" | "NROW" => {
                    let index = self.argument(inner, state)?;
                    let number = match right {
                        Expr::Double(Some(number)) => *number,
                        Expr::Integer(Some(number)) => f64::from(*number),
                        _ => return None,
                    };
                    return match operator {
                        "==" | "identical" | "!=" if number == 1.0 => {
                            Some(Facts::new(index, Says::One, Says::NotOne))
                        }
                        ">" if number == 1.0 => Some(Facts::new(index, Says::NotOne, Says::One)),
                        "<" if number == 2.0 => Some(Facts::new(index, Says::One, Says::NotOne)),
                        ">=" if number == 2.0 => Some(Facts::new(index, Says::NotOne, Says::One)),
                        "==" | "identical" | "!=" if number > 1.0 => Some(Facts {
                            holds: vec![Fact { parameter: index, says: Says::NotOne }],
                            fails: Vec::new(),
                        }),
                        _ => None,
                    };
                }
                // class(x) == "lm", class(x)[1] == "lm", mode(x) == "numeric", typeof(x) == "list"
                "class" | "mode" | "typeof" | "storage.mode" | "data.class" | "[" | "[[" | "oldClass" => {
                    if matches!(operator, ">" | "<" | ">=" | "<=") {
                        return None;
                    }
                    let of = match call.name()? {
                        "[" | "[[" => inner.call_of("class").and_then(|one| one.arg(0))?,
                        _ => inner,
                    };
                    let index = self.argument(of, state)?;
                    let strings = self.written_strings(right, state);
                    if strings.is_empty() {
                        return None;
                    }
                    let ty = strings.iter().fold(Type::never(), |ty, one| {
                        ty.or(match one.as_str() {
                            "closure" | "builtin" => Type::function(),
                            other => of_class(other),
                        })
                    });
                    return if ty.is_any() { None } else { Some(Facts::is(index, ty)) };
                }
                _ => {}
            }
        }
        if matches!(operator, ">" | "<" | ">=" | "<=") {
            return None;
        }
        // "lm" %in% class(x)
        if let Some(class) = right.call_of("class") {
            let index = self.argument(class.arg(0)?, state)?;
            let strings = self.written_strings(left, state);
            let ty = strings.iter().fold(Type::never(), |ty, one| ty.or(of_class(one)));
            return if ty.is_any() || ty.is_never() { None } else { Some(Facts::is(index, ty)) };
        }
        let index = self.argument(left, state)?;
        let strings = self.written_strings(right, state);
        if strings.is_empty() {
            return None;
        }
        Some(Facts::new(index, Says::Among(strings.clone()), Says::NotAmong(strings)))
    }

    /// The parameter with the name that `missing(x)` asks about.
    pub(super) fn named_parameter(&self, expr: Option<&Expr>) -> Option<usize> {
        let name = expr?.symbol().or_else(|| expr?.string())?;
        self.formals.iter().position(|formal| &*formal.name == name)
    }

    /// The strings that an expression writes out: `"a"`, `c("a", "b")`, a variable that holds such.
    pub(super) fn written_strings(&self, expr: &'a Expr, state: &State<'a>) -> Vec<String> {
        match expr {
            Expr::String(Some(text)) => vec![text.to_string()],
            Expr::Symbol(name) => match state.get(name) {
                Some(value) if value.origin.is_none() => {
                    value.strings.as_deref().map(<[String]>::to_vec).unwrap_or_default()
                }
                Some(_) => Vec::new(),
                None => self.context.constant_strings(name),
            },
            Expr::Vector(vector) if vector.class.is_empty() => {
                vector.elements.iter().map_while(|one| one.string().map(str::to_owned)).collect()
            }
            Expr::Call(call) if matches!(call.name(), Some("c" | "list")) => {
                let strings: Vec<Option<&str>> =
                    call.args.iter().map(|arg| arg.value.as_ref().and_then(Expr::string)).collect();
                strings
                    .into_iter()
                    .collect::<Option<Vec<_>>>()
                    .map_or_else(Vec::new, |all| all.into_iter().map(str::to_owned).collect())
            }
            _ => Vec::new(),
        }
    }

    /// Notes in the state what these facts leave of the arguments.
    pub(super) fn narrow(&self, state: &mut State<'a>, facts: &[Fact]) {
        for fact in facts {
            let narrowed = Rc::make_mut(&mut state.narrowed).entry(fact.parameter).or_default();
            match &fact.says {
                Says::Is(ty) => narrowed.is = Some(ty.clone()),
                Says::IsNot(ty) => {
                    let before = narrowed.is_not.take().unwrap_or_else(Type::never);
                    narrowed.is_not = Some(before.or(ty.clone()));
                }
                Says::Missing => narrowed.missing = true,
                _ => {}
            }
        }
    }
}

/// A type without what a test has excluded.
pub fn without(ty: &Type, excluded: &Type) -> Type {
    let Type::Union(terms) = ty else { return Type::Any };
    let left: Type =
        terms.iter().filter(|term| !excluded.takes(&Type::from((*term).clone()))).cloned().collect();
    if left.is_never() { ty.clone() } else { left }
}

/// A type after a test: what of it the test allows.
pub fn within(ty: &Type, allowed: &Type) -> Type {
    let Type::Union(terms) = ty else { return allowed.clone() };
    let left: Type =
        terms.iter().filter(|term| allowed.takes(&Type::from((*term).clone()))).cloned().collect();
    if left.is_never() { allowed.clone() } else { left }
}

/// Vectors of one element.
pub fn scalars(ty: Type) -> Type {
    ty.map(|term| match term {
        Term::Vector(vector) => Term::Vector(Vector { scalar: true, ..vector }),
        other => other,
    })
}
