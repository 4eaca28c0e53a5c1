//! What generated data frames and records are made of: a list whose columns are looked up once.

use std::cell::OnceCell;
use std::ops::Deref;
use std::rc::Rc;

use super::{DataFrame, List, Value, Wrapper};
use crate::error::{Error, Result};

/// The columns of a list that were looked up already, each with its name, at the position where it stands.
#[derive(Clone, Debug)]
struct Columns<'r>(Rc<[OnceCell<(String, Value<'r>)>]>);

impl<'r> Columns<'r> {
    fn of(list: &List<'r>) -> Columns<'r> {
        Columns((0..list.len()).map(|_| OnceCell::new()).collect())
    }

    /// The column that was called `name` and stood at `expected` when the bindings were generated.
    fn get<'a, T: Wrapper<'r>>(&'a self, list: &List<'r>, expected: usize, name: &str) -> Result<&'a T> {
        let column = match self.0.get(expected).and_then(OnceCell::get) {
            Some((known, value)) if known == name => value,
            _ => self.look_up(list, name)?,
        };
        T::from_ref(column).map_err(|error| error.about(|| format!("column `{name}`")))
    }

    #[cold]
    fn look_up(&self, list: &List<'r>, name: &str) -> Result<&Value<'r>> {
        let position = list.position(name).ok_or_else(|| Error::no_such_name(name, list))?;
        let value = list.get(position)?;
        Ok(&self.0[position].get_or_init(|| (name.to_owned(), value)).1)
    }
}

/// A data frame whose columns are known: the inside of a generated type such as `Mtcars`.
#[derive(Clone, Debug)]
pub struct Frame<'r> {
    frame: DataFrame<'r>,
    columns: Columns<'r>,
}

impl<'r> Frame<'r> {
    /// The column `name`, which stood at `index` when the bindings were generated.
    ///
    /// # Errors
    /// [`Error::Name`] when the data frame has no such column, [`Error::Type`] when it has another type.
    pub fn column<T: Wrapper<'r>>(&self, index: usize, name: &str) -> Result<&T> {
        self.columns.get(self.frame.as_list(), index, name)
    }
}

impl<'r> Deref for Frame<'r> {
    type Target = DataFrame<'r>;
    fn deref(&self) -> &DataFrame<'r> {
        &self.frame
    }
}

impl<'r> TryFrom<Value<'r>> for Frame<'r> {
    type Error = Error;
    fn try_from(value: Value<'r>) -> Result<Self> {
        let frame = DataFrame::try_from(value)?;
        let columns = Columns::of(frame.as_list());
        Ok(Frame { frame, columns })
    }
}

impl<'r> From<Frame<'r>> for Value<'r> {
    fn from(frame: Frame<'r>) -> Value<'r> {
        frame.frame.into()
    }
}

/// A list whose fields are known: the inside of a generated type such as `Harman74Cor`.
#[derive(Clone, Debug)]
pub struct Record<'r> {
    list: List<'r>,
    fields: Columns<'r>,
}

impl<'r> Record<'r> {
    /// The field `name`, which stood at `index` when the bindings were generated.
    ///
    /// # Errors
    /// [`Error::Name`] when the list has no such field, [`Error::Type`] when it has another type.
    pub fn field<T: Wrapper<'r>>(&self, index: usize, name: &str) -> Result<&T> {
        self.fields.get(&self.list, index, name)
    }
}

impl<'r> Deref for Record<'r> {
    type Target = List<'r>;
    fn deref(&self) -> &List<'r> {
        &self.list
    }
}

impl<'r> TryFrom<Value<'r>> for Record<'r> {
    type Error = Error;
    fn try_from(value: Value<'r>) -> Result<Self> {
        let list = List::try_from(value)?;
        let fields = Columns::of(&list);
        Ok(Record { list, fields })
    }
}

impl<'r> From<Record<'r>> for Value<'r> {
    fn from(record: Record<'r>) -> Value<'r> {
        record.list.into()
    }
}
