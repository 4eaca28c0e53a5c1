//! What type each data set has, in R's terms.
//!
//! Data sets are observed, not guessed: their type is read off their schema.

use crate::ir::{DataSet, Kind, Object, Package};

/// A package whose data sets have types.
#[derive(Clone, Debug)]
pub struct TypedPackage<'a> {
    /// The package.
    pub package: &'a Package,
    /// Its data sets, in the order of the package.
    pub datasets: Vec<TypedDataSet<'a>>,
}

/// A data set with its type.
#[derive(Clone, Debug)]
pub struct TypedDataSet<'a> {
    /// The data set.
    pub dataset: &'a DataSet,
    /// Its type.
    pub ty: Type<'a>,
}

/// A vector's type of element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // each is named as R names it
pub enum Atomic {
    Logical,
    Integer,
    Double,
    Complex,
    Character,
    Raw,
}

/// A type in R's terms.
#[derive(Clone, Debug, PartialEq)]
pub enum Type<'a> {
    /// A vector without dimensions.
    Vector(Atomic),
    /// Two dimensions.
    Matrix(Atomic),
    /// One dimension, or more than two.
    Array(Atomic),
    /// A vector or a matrix along time.
    TimeSeries(Box<Type<'a>>),
    /// A factor with levels that are worth an enumeration.
    Factor {
        /// The levels.
        levels: Vec<&'a str>,
        /// Whether they are ordered.
        ordered: bool,
    },
    /// A factor with so many or such levels that they are only text.
    OpenFactor,
    /// A data frame and its columns.
    Frame(Vec<Field<'a>>),
    /// A list with named elements.
    Record(Vec<Field<'a>>),
    /// Any other list.
    List,
    /// A function.
    Function,
    /// An environment.
    Environment,
    /// Everything else.
    Any,
}

/// A column or a named element.
#[derive(Clone, Debug, PartialEq)]
pub struct Field<'a> {
    /// Its index, counted from zero.
    pub index: usize,
    /// Its name in R.
    pub name: &'a str,
    /// Its schema.
    pub object: &'a Object,
    /// Its type.
    pub ty: Type<'a>,
}

/// A factor with more levels than this is keyed by text: an enumeration would help nobody.
const MOST_LEVELS: usize = 256;

/// A data frame with more columns than this gets no accessors; columns are reached by name.
const MOST_COLUMNS: usize = 1024;

/// A list with more named elements than this is a collection, not a record.
const MOST_FIELDS: usize = 128;

/// Gives types to a package.
pub fn infer(package: &Package) -> TypedPackage<'_> {
    let datasets =
        package.datasets.iter().map(|dataset| TypedDataSet { dataset, ty: of(&dataset.object) }).collect();
    TypedPackage { package, datasets }
}

/// The type of an object.
pub fn of(object: &Object) -> Type<'_> {
    if let Some(factor) = &object.factor {
        return match factor.levels.iter().map(Option::as_deref).collect::<Option<Vec<&str>>>() {
            Some(levels) if is_closed(&levels) => Type::Factor { levels, ordered: factor.ordered },
            _ => Type::OpenFactor,
        };
    }
    let atomic = match object.kind {
        Kind::Logical => Atomic::Logical,
        Kind::Integer => Atomic::Integer,
        Kind::Double => Atomic::Double,
        Kind::Complex => Atomic::Complex,
        Kind::Character => Atomic::Character,
        Kind::Raw => Atomic::Raw,
        Kind::List => return list(object),
        Kind::Function => return Type::Function,
        Kind::Environment => return Type::Environment,
        _ => return Type::Any,
    };
    let shaped = match object.dim.as_ref().map(Vec::len) {
        None => Type::Vector(atomic),
        Some(2) => Type::Matrix(atomic),
        Some(_) => Type::Array(atomic),
    };
    match object.time {
        Some(_) if object.inherits("ts") => Type::TimeSeries(Box::new(shaped)),
        _ => shaped,
    }
}

fn list(object: &Object) -> Type<'_> {
    if object.row_names.is_some() {
        return Type::Frame(if object.fields.len() > MOST_COLUMNS { Vec::new() } else { fields(object) });
    }
    // Its elements are parts of one value.
    let whole = object.inherits("POSIXlt") || object.dim.is_some();
    let record = !whole && object.fields.iter().any(|field| !field.name.is_empty());
    if record && object.fields.len() <= MOST_FIELDS { Type::Record(fields(object)) } else { Type::List }
}

fn fields(object: &Object) -> Vec<Field<'_>> {
    object
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| !field.name.is_empty())
        .map(|(index, field)| Field {
            index,
            name: &field.name,
            object: &field.object,
            ty: of(&field.object),
        })
        .collect()
}

/// Whether levels can be an enumeration: there are some, not too many, and all differ.
fn is_closed(levels: &[&str]) -> bool {
    let mut distinct = levels.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    distinct.len() == levels.len() && (1..=MOST_LEVELS).contains(&levels.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Factor, RowNames, Time};

    fn object(kind: Kind) -> Object {
        Object { kind, ..Object::default() }
    }

    #[test]
    fn shapes() {
        let dim = |extents: &[u64]| Object { dim: Some(extents.to_vec()), ..object(Kind::Double) };
        assert_eq!(of(&object(Kind::Double)), Type::Vector(Atomic::Double));
        assert_eq!(of(&dim(&[3])), Type::Array(Atomic::Double));
        assert_eq!(of(&dim(&[3, 4])), Type::Matrix(Atomic::Double));
        assert_eq!(of(&dim(&[3, 4, 5])), Type::Array(Atomic::Double));
        let time = Some(Time { start: 1.0, end: 2.0, frequency: 1.0 });
        let series = Object { time, class: vec!["ts".into()], ..dim(&[2, 2]) };
        assert_eq!(of(&series), Type::TimeSeries(Box::new(Type::Matrix(Atomic::Double))));
    }

    #[test]
    fn factors() {
        let factor = |levels: &[Option<&str>]| Object {
            factor: Some(Factor {
                levels: levels.iter().map(|one| one.map(str::to_owned)).collect(),
                ordered: false,
            }),
            ..object(Kind::Integer)
        };
        assert!(matches!(of(&factor(&[Some("a"), Some("b")])), Type::Factor { .. }));
        assert_eq!(of(&factor(&[Some("a"), None])), Type::OpenFactor);
        assert_eq!(of(&factor(&[Some("a"), Some("a")])), Type::OpenFactor);
        assert_eq!(of(&factor(&[])), Type::OpenFactor);
    }

    #[test]
    fn lists() {
        let field = |name: &str| crate::ir::Field { name: name.into(), object: object(Kind::Character) };
        let named = |names: &[&str]| Object {
            fields: names.iter().map(|name| field(name)).collect(),
            ..object(Kind::List)
        };
        assert_eq!(of(&named(&[])), Type::List);
        let record = named(&["a", "", "b"]);
        let Type::Record(fields) = of(&record) else { panic!() };
        assert_eq!(fields.iter().map(|one| (one.index, one.name)).collect::<Vec<_>>(), [(0, "a"), (2, "b")]);
        let frame = Object { row_names: Some(RowNames::Automatic), ..named(&["x"]) };
        assert!(matches!(of(&frame), Type::Frame(_)));
    }
}
