//! R's types, and their notation.
//!
//! The notation is that of Turcotte, Goel, Krikava and Vitek, "Designing Types for R, Empirically" (OOPSLA 2020): `double`
//! is one number that is not NA, `^double` one that may be, `double[]` and `^double[]` vectors of any length, `?T` a T or
//! NULL, `"less"` one string of an enumeration, ``class<`lm`>`` an object that inherits from these classes, `list<T>`,
//! ``struct<`a`: T>`` a list with known names, `env`, `expression` (R code: a call, a name, an expression vector), `any`, `A | B`.
//!
//! A type is a set of values; `logical` is part of `integer`, `integer` of `double`, `double` of `complex`, a scalar of its vector.

mod notation;
mod published;
mod terms;

pub use notation::ParseError;
pub use published::Line;
pub use terms::Terms;

/// A type: anything, or one of some terms.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// Any value, because nothing is known or everything is taken.
    Any,
    /// One of these. Without terms: no value at all (a function that never returns).
    Union(Terms),
}

/// A member of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Term {
    /// `NULL`.
    Null,
    /// One string of an enumeration.
    Literal(String),
    /// A vector without class and without dimensions.
    Vector(Vector),
    /// A matrix, of whatever elements where that is not known.
    Matrix(Option<Atomic>),
    /// An object that inherits from all of these classes: S3, S4, R6, reference classes, and R's own `data.frame`, `factor`, `formula`,
    /// `array`, `Date`, ….
    Class(Vec<String>),
    /// A list without class.
    List(Box<Type>),
    /// A list without class, whose elements have known names.
    Record(Vec<(String, Type)>),
    /// A function; its parameters and result, where they are known.
    Function(Option<Box<Arrow>>),
    /// An environment.
    Environment,
    /// R code: a call, a name, an expression vector.
    Code,
    /// What no other term says, by the word of `typeof`: `externalptr`, `S4`, `pairlist`, …
    Other(String),
    /// The parameter `...` itself.
    Dots,
}

/// A vector: what it holds, and whether it is one element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Vector {
    /// The type of the elements.
    pub atomic: Atomic,
    /// Whether it always has exactly one element.
    pub scalar: bool,
    /// Whether an element may be NA.
    pub na: bool,
}

/// A vector's type of element, each part of the next up to complex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // each is named as R names it
pub enum Atomic {
    Logical,
    Integer,
    Double,
    Complex,
    Character,
    Raw,
}

/// The type of a function.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arrow {
    /// The types of the parameters, in order.
    pub parameters: Vec<Type>,
    /// The type of the result.
    pub returns: Type,
}

impl Atomic {
    /// Whether each `other` is also one of these: `double` takes `integer` and `logical`.
    pub fn takes(self, other: Atomic) -> bool {
        self == other || (other < self && self <= Atomic::Complex)
    }

    /// Whether it is logical, integer, double or complex.
    pub fn is_numeric(self) -> bool {
        self <= Atomic::Complex
    }

    /// The word that `typeof` prints.
    pub fn word(self) -> &'static str {
        match self {
            Atomic::Logical => "logical",
            Atomic::Integer => "integer",
            Atomic::Double => "double",
            Atomic::Complex => "complex",
            Atomic::Character => "character",
            Atomic::Raw => "raw",
        }
    }

    /// The atomic type with this word.
    pub fn from_word(word: &str) -> Option<Atomic> {
        const ALL: [Atomic; 6] = [
            Atomic::Logical,
            Atomic::Integer,
            Atomic::Double,
            Atomic::Complex,
            Atomic::Character,
            Atomic::Raw,
        ];
        ALL.into_iter().find(|one| one.word() == word)
    }
}

impl Vector {
    /// One element that is not NA.
    pub fn scalar(atomic: Atomic) -> Vector {
        Vector { atomic, scalar: true, na: false }
    }

    /// Any number of elements, none of them known to be NA.
    pub fn many(atomic: Atomic) -> Vector {
        Vector { atomic, scalar: false, na: false }
    }
}

impl Term {
    /// A class of one name.
    pub fn class(name: impl Into<String>) -> Term {
        Term::Class(vec![name.into()]).normal()
    }

    /// The term of its own that some class names have: there is one way to say each type.
    #[must_use]
    fn normal(self) -> Term {
        match self {
            Term::Class(names) if names.len() == 1 => match names[0].as_str() {
                "function" => Term::Function(None),
                "matrix" => Term::Matrix(None),
                "environment" => Term::Environment,
                "NULL" => Term::Null,
                _ => Term::Class(names),
            },
            other => other,
        }
    }

    /// Whether every value of `other` is a value of this term.
    pub fn takes(&self, other: &Term) -> bool {
        match (self, other) {
            (Term::Vector(a), Term::Vector(b)) => {
                a.atomic.takes(b.atomic) && (!a.scalar || b.scalar) && (a.na || !b.na)
            }
            (Term::Vector(a), Term::Literal(_)) => a.atomic == Atomic::Character,
            (Term::Class(a), Term::Class(b)) => a.iter().all(|one| b.contains(one)),
            (Term::Matrix(a), Term::Matrix(b)) => match (a, b) {
                (None, _) => true,
                (Some(a), Some(b)) => a.takes(*b),
                (Some(_), None) => false,
            },
            (Term::List(a), Term::List(b)) => a.takes(b),
            (Term::List(a), Term::Record(fields)) => fields.iter().all(|(_, ty)| a.takes(ty)),
            (Term::Record(a), Term::Record(b)) => {
                a.iter().all(|(name, ty)| b.iter().any(|(other, given)| other == name && ty.takes(given)))
            }
            (Term::Function(None), Term::Function(_)) => true,
            _ => self == other,
        }
    }
}

impl From<Term> for Type {
    fn from(term: Term) -> Type {
        Type::Union(term.normal().into())
    }
}

impl FromIterator<Term> for Type {
    fn from_iter<I: IntoIterator<Item = Term>>(terms: I) -> Type {
        let mut ty = Type::never();
        for term in terms {
            ty.insert(term);
        }
        ty
    }
}

impl Type {
    /// No value at all.
    pub fn never() -> Type {
        Type::Union(Terms::new())
    }

    /// `NULL`.
    pub fn null() -> Type {
        Term::Null.into()
    }

    /// One element of this type.
    pub fn scalar(atomic: Atomic) -> Type {
        Term::Vector(Vector::scalar(atomic)).into()
    }

    /// A vector of this type.
    pub fn vector(atomic: Atomic) -> Type {
        Term::Vector(Vector::many(atomic)).into()
    }

    /// An object of this class.
    pub fn class(name: &str) -> Type {
        Term::class(name).into()
    }

    /// Any function.
    pub fn function() -> Type {
        Term::Function(None).into()
    }

    /// A list of whatever.
    pub fn list() -> Type {
        Term::List(Box::new(Type::Any)).into()
    }

    /// Whether it takes everything.
    pub fn is_any(&self) -> bool {
        matches!(self, Type::Any)
    }

    /// Whether there is no such value.
    pub fn is_never(&self) -> bool {
        matches!(self, Type::Union(terms) if terms.is_empty())
    }

    /// The terms; none where it takes everything.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        match self {
            Type::Any => None,
            Type::Union(terms) => Some(terms.iter()),
        }
        .into_iter()
        .flatten()
    }

    /// The only term, where there is one only.
    pub fn only(&self) -> Option<&Term> {
        let mut terms = self.terms();
        terms.next().filter(|_| terms.next().is_none())
    }

    /// Whether NULL is a value of it.
    pub fn takes_null(&self) -> bool {
        self.is_any() || self.terms().any(|term| *term == Term::Null)
    }

    /// Whether every value of `other` is a value of this type.
    pub fn takes(&self, other: &Type) -> bool {
        match (self, other) {
            (Type::Any, _) => true,
            (_, Type::Any) => false,
            (Type::Union(ours), Type::Union(theirs)) => {
                theirs.iter().all(|term| ours.iter().any(|one| one.takes(term)))
            }
        }
    }

    /// Adds a term; what another term takes already is left out, but logical stays beside numbers: a flag that may also be a
    /// number is worth knowing.
    pub fn insert(&mut self, term: Term) {
        let Type::Union(terms) = self else { return };
        let term = term.normal();
        let absorbs = |a: &Term, b: &Term| {
            let flag = |term: &Term| matches!(term, Term::Vector(Vector { atomic: Atomic::Logical, .. }));
            flag(a) == flag(b) && a.takes(b)
        };
        if let Term::Literal(_) = term {
            // One of perhaps a thousand: what takes it is a vector, which comes after all of them.
            let others = terms.iter().rev().take_while(|one| !matches!(one, Term::Literal(_)));
            if !others.into_iter().any(|one| absorbs(one, &term)) {
                terms.insert(term);
            }
            return;
        }
        if terms.iter().any(|one| absorbs(one, &term)) {
            return;
        }
        terms.retain(|one| !absorbs(&term, one));
        // `double` and `integer[]` are `double[]` together: no caller can tell them apart.
        if let Term::Vector(new) = term {
            let mut merged = new;
            let others: Vec<Term> = terms
                .iter()
                .filter(|one| match one {
                    Term::Vector(old) => mergeable(*old, new),
                    _ => false,
                })
                .cloned()
                .collect();
            for other in others {
                if let Term::Vector(old) = other {
                    merged.atomic = merged.atomic.max(old.atomic);
                    merged.scalar &= old.scalar;
                    merged.na |= old.na;
                    terms.retain(|one| *one != other);
                }
            }
            terms.insert(Term::Vector(merged));
        } else {
            terms.insert(term);
        }
    }

    /// This type or the other.
    #[must_use]
    pub fn or(mut self, other: Type) -> Type {
        match other {
            Type::Any => Type::Any,
            Type::Union(terms) => {
                match &self {
                    Type::Union(ours) if ours.is_empty() => return Type::Union(terms),
                    Type::Union(ours) if !ours.is_same(&terms) => {}
                    _ => return self,
                }
                for term in terms {
                    self.insert(term);
                }
                self
            }
        }
    }

    /// This type or NULL.
    #[must_use]
    pub fn or_null(self) -> Type {
        self.or(Type::null())
    }

    /// This type without NULL.
    #[must_use]
    pub fn without_null(self) -> Type {
        self.filter(|term| *term != Term::Null)
    }

    /// The terms that `keep` agrees to.
    #[must_use]
    pub fn filter(self, mut keep: impl FnMut(&Term) -> bool) -> Type {
        match self {
            Type::Any => Type::Any,
            Type::Union(mut terms) => {
                terms.retain(&mut keep);
                Type::Union(terms)
            }
        }
    }

    /// Each term made into others.
    #[must_use]
    pub fn map(self, change: impl FnMut(Term) -> Term) -> Type {
        match self {
            Type::Any => Type::Any,
            Type::Union(terms) => terms.into_iter().map(change).collect(),
        }
    }

    /// The same, with vectors of any length in place of scalars. Enumerations become vectors of strings.
    #[must_use]
    pub fn vectors(self) -> Type {
        self.map(|term| match term {
            Term::Vector(vector) => Term::Vector(Vector { scalar: false, ..vector }),
            Term::Literal(_) => Term::Vector(Vector::many(Atomic::Character)),
            other => other,
        })
    }
}

/// Whether two vectors of a union become one: the same kind of values, logical apart from numbers.
fn mergeable(a: Vector, b: Vector) -> bool {
    let family = |atomic| match atomic {
        Atomic::Logical => 0,
        Atomic::Integer | Atomic::Double | Atomic::Complex => 1,
        Atomic::Character => 2,
        Atomic::Raw => 3,
    };
    family(a.atomic) == family(b.atomic)
}
