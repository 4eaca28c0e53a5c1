//! What is known about a value while a body is walked.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::ir::code::{Expr, Lambda, Name};
use crate::ir::types::{Term, Type};

/// A value.
#[derive(Clone, Debug)]
pub struct Value<'a> {
    /// Its type, as far as it is known.
    pub ty: Type,
    /// The parameter whose argument this is, as it came in.
    pub origin: Option<usize>,
    /// The code that it was made by, where that is a literal.
    pub literal: Option<&'a Expr>,
    /// The strings of a character vector that is written out.
    pub strings: Option<Rc<[String]>>,
    /// Strings that are surely among those of a character vector of which not everything is known.
    pub some: Option<Rc<[String]>>,
    /// The function in the code, where it is one.
    pub closure: Option<&'a Lambda>,
    /// The name of the function in the namespace, where it is one.
    pub function: Option<&'a str>,
    /// The elements of a list with a class: the type of the list alone is in the type.
    pub fields: Option<Rc<BTreeMap<String, Type>>>,
    /// Code that was quoted: whether it is the code of a parameter.
    pub quoted: Option<usize>,
}

impl<'a> Value<'a> {
    /// A value of which only the type is known.
    pub fn of(ty: Type) -> Value<'a> {
        Value {
            ty,
            origin: None,
            literal: None,
            strings: None,
            some: None,
            closure: None,
            function: None,
            fields: None,
            quoted: None,
        }
    }

    /// A value of which nothing is known.
    pub fn unknown() -> Value<'a> {
        Value::of(Type::Any)
    }

    /// The argument of a parameter.
    pub fn argument(index: usize, ty: Type) -> Value<'a> {
        Value { origin: Some(index), ..Value::of(ty) }
    }

    /// The elements by name: of a record, or of an object with a class.
    pub fn known_fields(&self) -> Option<BTreeMap<String, Type>> {
        if let Some(fields) = &self.fields {
            return Some((**fields).clone());
        }
        let mut all: Option<BTreeMap<String, Type>> = None;
        for term in self.ty.terms() {
            let Term::Record(fields) = term else { return None };
            let fields = fields.iter().cloned().collect();
            all = Some(all.map_or_else(|| Clone::clone(&fields), |before| joined(&before, &fields)));
        }
        all
    }

    /// The strings that are surely among those of a character vector.
    pub fn surely(&self) -> Option<&[String]> {
        self.some.as_deref().or(self.strings.as_deref())
    }

    /// One of two values.
    pub fn or(self, other: Value<'a>) -> Value<'a> {
        let fields = match (self.known_fields(), other.known_fields()) {
            (Some(a), Some(b)) if self.fields.is_some() && other.fields.is_some() => {
                Some(Rc::new(joined(&a, &b)))
            }
            _ => None,
        };
        fn same<T: PartialEq>(a: Option<T>, b: Option<T>) -> Option<T> {
            if a == b { a } else { None }
        }
        let some = match (self.surely(), other.surely()) {
            (Some(a), Some(b)) if a != b || self.strings != other.strings => {
                Some(a.iter().filter(|one| b.contains(one)).cloned().collect())
            }
            _ => None,
        };
        let strings = match (&self.strings, &other.strings) {
            (Some(a), Some(b)) => {
                let mut all = a.to_vec();
                all.extend(b.iter().filter(|one| !a.contains(one)).cloned());
                Some(all.into())
            }
            _ => None,
        };
        Value {
            ty: self.ty.or(other.ty),
            // A value that may still be the argument: what is done to it is done to the argument, too.
            origin: same(self.origin, other.origin).or(self.origin.xor(other.origin)),
            literal: same(self.literal, other.literal),
            strings,
            some,
            closure: match (self.closure, other.closure) {
                (Some(a), Some(b)) if std::ptr::eq(a, b) => Some(a),
                _ => None,
            },
            function: same(self.function, other.function),
            fields,
            quoted: same(self.quoted, other.quoted),
        }
    }
}

/// The elements of one of two lists: what only one has may be missing.
fn joined(a: &BTreeMap<String, Type>, b: &BTreeMap<String, Type>) -> BTreeMap<String, Type> {
    let mut both = BTreeMap::new();
    for (name, ty) in a {
        let ty = match b.get(name) {
            Some(other) => ty.clone().or(other.clone()),
            None => ty.clone().or_null(),
        };
        both.insert(name.clone(), ty);
    }
    for (name, ty) in b {
        both.entry(name.clone()).or_insert_with(|| ty.clone().or_null());
    }
    both
}

/// What is known at a point of the body. Copies share what they know until one of them learns more.
#[derive(Clone, Debug, Default)]
pub struct State<'a> {
    /// The local variables.
    pub variables: Rc<BTreeMap<Name, Rc<Value<'a>>>>,
    /// What the tests on the way here left of a parameter's argument.
    pub narrowed: Rc<BTreeMap<usize, Narrowed>>,
    /// How the walk to this point ended, if it did.
    pub ended: Option<End>,
    /// Whether this code runs only in some calls.
    pub conditional: bool,
}

/// What tests have shown about an argument.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Narrowed {
    /// It is one of these.
    pub is: Option<Type>,
    /// It is none of these.
    pub is_not: Option<Type>,
    /// It was not given.
    pub missing: bool,
}

/// Why nothing comes after a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The function has returned.
    Returned,
    /// An error was signalled.
    Stopped,
    /// The loop goes on or ends.
    Jumped,
}

impl<'a> State<'a> {
    /// What is known where two ways meet.
    pub fn join(self, other: State<'a>) -> State<'a> {
        match (self.ended, other.ended) {
            (Some(a), Some(b)) => {
                // The weaker of two ends: who returns has not refused.
                let ended = if a == End::Stopped { b } else { a };
                return State { ended: Some(ended), ..self };
            }
            (Some(_), None) => return State { conditional: self.conditional, ..other },
            (None, Some(_)) => return self,
            (None, None) => {}
        }
        let State { mut variables, mut narrowed, conditional, .. } = self;
        if !Rc::ptr_eq(&variables, &other.variables) {
            // What is unset on one way only has been set where it is used.
            let changed: Vec<_> = other
                .variables
                .iter()
                .filter_map(|(name, theirs)| match variables.get(name) {
                    Some(ours) if Rc::ptr_eq(ours, theirs) => None,
                    Some(ours) => Some((name.clone(), Rc::new((**ours).clone().or((**theirs).clone())))),
                    None => Some((name.clone(), theirs.clone())),
                })
                .collect();
            if !changed.is_empty() {
                Rc::make_mut(&mut variables).extend(changed);
            }
        }
        if !Rc::ptr_eq(&narrowed, &other.narrowed) && !narrowed.is_empty() {
            Rc::make_mut(&mut narrowed).retain(|index, ours| other.narrowed.get(index) == Some(ours));
        }
        State { variables, narrowed, ended: None, conditional }
    }

    /// The variable `name`.
    pub fn get(&self, name: &str) -> Option<&Rc<Value<'a>>> {
        self.variables.get(name)
    }

    /// Gives a variable a value.
    pub fn set(&mut self, name: &Name, value: Value<'a>) {
        Rc::make_mut(&mut self.variables).insert(name.clone(), Rc::new(value));
    }
}
