//! Conversions by the types of Rust.

use std::any::{Any, TypeId, type_name};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Add;
use std::sync::Arc;

use super::{Dispatch, Key};
use crate::convert::{FromR, ToR};
use crate::error::{Error, Result};
use crate::r::R;
use crate::value::Value;

/// What [`Table::any_from_r`] makes of a list by default: the elements, each with its name.
pub type Elements = Vec<(Option<String>, Box<dyn Any>)>;

/// Makes a `T` of an R value.
type Reader<T> = Arc<dyn for<'r> Fn(Value<'r>) -> Result<T> + Send + Sync>;

/// Makes an R value of something whose type was looked at.
type Writer = Arc<dyn for<'r> Fn(&dyn Any, R<'r>) -> Result<Value<'r>> + Send + Sync>;

/// A `Dispatch<Reader<T>>`, of whatever `T`.
trait Readers: Any + Send + Sync {
    fn copy(&self) -> Box<dyn Readers>;
    /// Merges another one of the same type.
    fn merge(&mut self, other: Box<dyn Readers>);
    fn as_any(&self) -> &dyn Any;
    fn as_any_mut(&mut self) -> &mut dyn Any;
    fn into_any(self: Box<Self>) -> Box<dyn Any>;
}

impl<T: 'static> Readers for Dispatch<Reader<T>> {
    fn copy(&self) -> Box<dyn Readers> {
        Box::new(self.clone())
    }
    fn merge(&mut self, other: Box<dyn Readers>) {
        if let Ok(other) = other.into_any().downcast::<Self>() {
            Dispatch::merge(self, *other);
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

/// Conversions in both directions, chosen when the program runs; see the [module](crate::dispatch).
///
/// From R, an entry is found by the type that is wanted, then by the value's class and type; to R, by the type of what is given.
/// [`Default`] is a copy of the process's default table. Tables are additive: in `a + b` an entry of `b` wins.
///
/// ```
/// use rbindgen_runtime::dispatch::Table;
/// use rbindgen_runtime::prelude::*;
///
/// struct Path(Vec<f64>);
///
/// let mut table = Table::new("paths");
/// table.register_from_r(Kind::Double, |value: Value<'_>| Ok(Path(value.to()?)));
/// table.register_from_r("data.frame", |value: Value<'_>| Ok(Path(DataFrame::try_from(value)?.column("x")?)));
///
/// R::with(|r| {
///     let path: Path = table.from_r(r.eval("data.frame(x = c(1, 2))")?)?;
///     assert_eq!(path.0, [1.0, 2.0]);
///     let error = table.from_r::<Path>(r.eval("'x'")?).err().unwrap();
///     assert!(error.to_string().contains("a value that a converter of this table makes a"));
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
pub struct Table {
    lineage: Vec<String>,
    readers: BTreeMap<TypeId, Box<dyn Readers>>,
    /// What a value becomes when nobody says what it should.
    natural: Dispatch<Reader<Box<dyn Any>>>,
    writers: BTreeMap<TypeId, Writer>,
}

impl Table {
    /// No entries yet. The name is for the [`lineage`](Table::lineage).
    pub fn new(name: impl Into<String>) -> Table {
        let name = name.into();
        Table {
            natural: Dispatch::new(name.clone()),
            lineage: vec![name],
            readers: BTreeMap::new(),
            writers: BTreeMap::new(),
        }
    }

    /// Registers how an R value with this key becomes a `T`.
    ///
    /// It is also what [`any_from_r`](Table::any_from_r) then makes of such a value.
    pub fn register_from_r<'k, T: 'static>(
        &mut self,
        key: impl Into<Key<'k>>,
        reader: impl for<'r> Fn(Value<'r>) -> Result<T> + Send + Sync + 'static,
    ) -> &mut Table {
        let (key, reader): (Key<'k>, Reader<T>) = (key.into(), Arc::new(reader));
        let natural = reader.clone();
        self.natural.set(key.clone(), Arc::new(move |value| Ok(Box::new(natural(value)?) as Box<dyn Any>)));
        self.readers_of().set(key, reader);
        self
    }

    /// Registers how a `T` becomes an R value.
    pub fn register_into_r<T: 'static>(
        &mut self,
        writer: impl for<'r> Fn(&T, R<'r>) -> Result<Value<'r>> + Send + Sync + 'static,
    ) -> &mut Table {
        let writer: Writer = Arc::new(move |any, r| match any.downcast_ref::<T>() {
            Some(value) => writer(value, r),
            None => Err(Error::wrong_type(type_name::<T>(), "a value of another type of Rust")),
        });
        self.writers.insert(TypeId::of::<T>(), writer);
        self
    }

    /// Registers a type with its own conversions: for every value that has no entry of its own, in both directions.
    pub fn register<T: for<'r> FromR<'r> + ToR + 'static>(&mut self) -> &mut Table {
        self.readers_of::<T>().set(Key::Any, Arc::new(|value: Value<'_>| T::from_r(value)));
        self.register_into_r(|value: &T, r| value.to_r(r))
    }

    /// Makes a `T` of an R value.
    ///
    /// # Errors
    /// [`Error::Type`] when there is no entry for the value, else those of the entry.
    pub fn from_r<T: 'static>(&self, value: Value<'_>) -> Result<T> {
        let readers = self.readers.get(&TypeId::of::<T>());
        let readers = readers.and_then(|readers| readers.as_any().downcast_ref::<Dispatch<Reader<T>>>());
        match readers.and_then(|readers| readers.resolve(&value)) {
            Some(reader) => reader(value),
            None => Err(self.no_entry(type_name::<T>(), &value)),
        }
    }

    /// Makes of an R value what its class or its type is registered for, last registered first.
    ///
    /// The default table makes `Vec<Option<bool>>`, `Vec<Option<i32>>`, `Vec<Option<f64>>`, `Vec<RComplex>`, `Vec<u8>` and
    /// `Vec<Option<String>>` (also of factors) of vectors, [`Elements`] of lists, `()` of
    /// `NULL`, and `Global<Value>` of anything else.
    ///
    /// # Errors
    /// As [`from_r`](Table::from_r).
    pub fn any_from_r(&self, value: Value<'_>) -> Result<Box<dyn Any>> {
        match self.natural.resolve(&value) {
            Some(reader) => reader(value),
            None => Err(self.no_entry("value of Rust", &value)),
        }
    }

    /// Makes an R value of a `T`.
    ///
    /// # Errors
    /// [`Error::Type`] when there is no entry for `T`, else those of the entry.
    pub fn into_r<'r, T: 'static>(&self, value: &T, r: R<'r>) -> Result<Value<'r>> {
        match self.writers.get(&TypeId::of::<T>()) {
            Some(writer) => writer(value, r),
            None => {
                let expected =
                    format!("a type that table {} has a converter to R for", self.lineage.join(" + "));
                Err(Error::wrong_type(expected, format!("a `{}`", type_name::<T>())))
            }
        }
    }

    /// As [`into_r`](Table::into_r), for a value whose type is known only when the program runs.
    ///
    /// # Errors
    /// As [`into_r`](Table::into_r).
    pub fn any_into_r<'r>(&self, value: &dyn Any, r: R<'r>) -> Result<Value<'r>> {
        match self.writers.get(&value.type_id()) {
            Some(writer) => writer(value, r),
            None => {
                let expected =
                    format!("a type that table {} has a converter to R for", self.lineage.join(" + "));
                Err(Error::wrong_type(expected, "another one"))
            }
        }
    }

    /// The names of the tables that this one was added together from, in order.
    pub fn lineage(&self) -> &[String] {
        &self.lineage
    }

    /// What becomes of a value when nobody says what it should.
    pub(super) fn natural<'k, T: 'static>(
        &mut self,
        key: impl Into<Key<'k>>,
        reader: impl for<'r> Fn(Value<'r>) -> Result<T> + Send + Sync + 'static,
    ) {
        self.natural.set(key, Arc::new(move |value| Ok(Box::new(reader(value)?) as Box<dyn Any>)));
    }

    fn readers_of<T: 'static>(&mut self) -> &mut Dispatch<Reader<T>> {
        let name = self.lineage.join(" + ");
        let readers = self
            .readers
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Box::new(Dispatch::<Reader<T>>::new(name)));
        readers.as_any_mut().downcast_mut().expect("the entry of a type is of that type")
    }

    fn no_entry(&self, wanted: &str, value: &Value<'_>) -> Error {
        let name = self.lineage.join(" + ");
        Error::wrong_type(
            format!("a value that a converter of this table makes a `{wanted}` of ({name})"),
            value.describe(),
        )
    }
}

impl Clone for Table {
    fn clone(&self) -> Table {
        Table {
            lineage: self.lineage.clone(),
            readers: self.readers.iter().map(|(id, readers)| (*id, readers.copy())).collect(),
            natural: self.natural.clone(),
            writers: self.writers.clone(),
        }
    }
}

impl Default for Table {
    /// A copy of the process's default table.
    fn default() -> Table {
        (*super::scope::process_default()).clone()
    }
}

impl Add for Table {
    type Output = Table;

    /// The entries of both; where both have one for the same key, that of the right one.
    fn add(mut self, other: Table) -> Table {
        self.lineage.extend(other.lineage);
        for (id, readers) in other.readers {
            match self.readers.get_mut(&id) {
                Some(own) => own.merge(readers),
                None => drop(self.readers.insert(id, readers)),
            }
        }
        self.natural.merge(other.natural);
        self.writers.extend(other.writers);
        self
    }
}

impl Add<&Table> for &Table {
    type Output = Table;

    fn add(self, other: &Table) -> Table {
        self.clone() + other.clone()
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.readers.len(), self.writers.len());
        write!(f, "Table({}; {from} types from R, {to} to R)", self.lineage.join(" + "))
    }
}
