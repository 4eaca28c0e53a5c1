//! What the code that the derives write needs. It changes together with `rbindgen-macros`.

use crate::convert::{FromR, FromVector, named_list as list};
use crate::error::{Error, Problem, Result};
use crate::na::RInt;
use crate::r::R;
use crate::value::{DataFrame, Integer, List, Value, Wrapper};

pub use crate::convert::{Plain, from_list, into_list, scalar_from_r, scalar_into_r};

/// The elements of a list, or the columns of a data frame, on their way into a struct.
#[derive(Debug)]
pub struct Parts<'r> {
    target: &'static str,
    list: List<'r>,
    names: Vec<Option<String>>,
    /// The number of rows, for a data frame.
    rows: Option<usize>,
    problems: Vec<Problem>,
}

impl<'r> Parts<'r> {
    /// The elements of a list.
    pub fn of_list(target: &'static str, value: Value<'r>) -> Result<Parts<'r>> {
        let list =
            List::from_value(value).map_err(|error| error.about(|| format!("the value for `{target}`")))?;
        Ok(Parts { target, names: list.names().unwrap_or_default(), list, rows: None, problems: Vec::new() })
    }

    /// The columns of a data frame.
    pub fn of_data_frame(target: &'static str, value: Value<'r>) -> Result<Parts<'r>> {
        let frame = DataFrame::from_value(value)
            .map_err(|error| error.about(|| format!("the value for `{target}`")))?;
        let rows = Some(frame.nrow());
        let list = frame.as_list().clone();
        Ok(Parts { target, names: list.names().unwrap_or_default(), list, rows, problems: Vec::new() })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.rows.unwrap_or(0)
    }

    /// The whole element `name`; what is absent is `NULL`. Nothing when that is wrong: then [`failure`](Parts::failure) knows.
    pub fn take<T: FromR<'r>>(&mut self, name: &str) -> Option<T> {
        match self.get(name)? {
            Some(value) => self.read(name, T::from_r(value)),
            None => T::from_r(self.list.r().null()).ok().or_else(|| self.absent(name)),
        }
    }

    /// As [`take`](Parts::take), with a default for what is absent.
    pub fn take_or_default<T: FromR<'r> + Default>(&mut self, name: &str) -> Option<T> {
        match self.get(name)? {
            Some(value) => self.read(name, T::from_r(value)),
            None => Some(T::default()),
        }
    }

    /// The elements of the column `name`, one for each row.
    pub fn column<T: FromVector<'r>>(&mut self, name: &str) -> Option<std::vec::IntoIter<T>> {
        match self.get(name)? {
            Some(value) => self.elements(name, value),
            None => self.absent(name),
        }
    }

    /// As [`column`](Parts::column), with defaults for what is absent.
    pub fn column_or_default<T: FromVector<'r> + Default>(
        &mut self,
        name: &str,
    ) -> Option<std::vec::IntoIter<T>> {
        match self.get(name)? {
            Some(value) => self.elements(name, value),
            None => Some((0..self.rows()).map(|_| T::default()).collect::<Vec<T>>().into_iter()),
        }
    }

    /// Everything that was wrong.
    pub fn failure(&mut self) -> Error {
        Error::Struct { name: self.target.to_owned(), problems: std::mem::take(&mut self.problems) }
    }

    fn elements<T: FromVector<'r>>(&mut self, name: &str, value: Value<'r>) -> Option<std::vec::IntoIter<T>> {
        let found = value.clone();
        let items = T::from_vector(value).and_then(|items| match items.len() == self.rows() {
            true => Ok(items.into_iter()),
            false => Err(Error::wrong_type(format!("a column of {} rows", self.rows()), found.describe())),
        });
        self.read(name, items)
    }

    /// The element `name`, if there is one; nothing at all when it cannot be had.
    fn get(&mut self, name: &str) -> Option<Option<Value<'r>>> {
        let Some(index) = self.names.iter().position(|known| known.as_deref() == Some(name)) else {
            return Some(None);
        };
        let value = self.list.get(index);
        self.read(name, value).map(Some)
    }

    fn read<T>(&mut self, name: &str, read: Result<T>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(reason) => {
                let row = match (&reason, self.rows) {
                    (Error::Missing { index } | Error::Text { index, .. }, Some(_)) => Some(*index),
                    _ => None,
                };
                self.problem(name, row, reason)
            }
        }
    }

    fn absent<T>(&mut self, name: &str) -> Option<T> {
        let reason = Error::no_such_name(name, &self.list);
        self.problem(name, None, reason)
    }

    fn problem<T>(&mut self, name: &str, row: Option<usize>, reason: Error) -> Option<T> {
        let kind = if self.rows.is_some() { "column" } else { "element" };
        self.problems.push(Problem { part: format!("{kind} `{name}`"), row, reason });
        None
    }
}

/// The values that became of a struct's fields, or everything that was wrong.
fn whole<'r, const N: usize>(
    target: &str,
    kind: &str,
    names: &[&str],
    values: [Result<Value<'r>>; N],
) -> Result<Vec<Value<'r>>> {
    let mut whole = Vec::with_capacity(N);
    let mut problems = Vec::new();
    for (name, value) in names.iter().zip(values) {
        match value {
            Ok(value) => whole.push(value),
            Err(reason) => problems.push(Problem { part: format!("{kind} `{name}`"), row: None, reason }),
        }
    }
    match problems.is_empty() {
        true => Ok(whole),
        false => Err(Error::Struct { name: target.to_owned(), problems }),
    }
}

/// The named list that a struct becomes.
pub fn named_list<'r, const N: usize>(
    r: R<'r>,
    target: &str,
    names: &[&str],
    values: [Result<Value<'r>>; N],
) -> Result<Value<'r>> {
    list(r, names, &whole(target, "element", names, values)?)
}

/// The data frame that a struct of columns becomes.
pub fn data_frame<'r, const N: usize>(
    r: R<'r>,
    target: &str,
    names: &[&str],
    columns: [Result<Value<'r>>; N],
) -> Result<Value<'r>> {
    let columns = whole(target, "column", names, columns)?;
    let rows = columns.first().map_or(0, rows_of);
    let different = columns.iter().zip(names).filter(|(column, _)| rows_of(column) != rows);
    let problems: Vec<Problem> = different
        .map(|(column, name)| Problem {
            part: format!("column `{name}`"),
            row: None,
            reason: Error::wrong_type(format!("one of {rows} rows as `{}` is", names[0]), column.describe()),
        })
        .collect();
    if !problems.is_empty() {
        return Err(Error::Struct { name: target.to_owned(), problems });
    }
    frame(r, names, &columns, rows)
}

/// The data frame that rows become.
pub fn data_frame_of_rows<'r, const N: usize>(
    r: R<'r>,
    target: &str,
    rows: usize,
    names: &[&str],
    columns: [Result<Value<'r>>; N],
) -> Result<Value<'r>> {
    frame(r, names, &whole(target, "column", names, columns)?, rows)
}

/// How many rows a column has: a matrix and a data frame may be one.
fn rows_of(column: &Value<'_>) -> usize {
    if column.has_class(c"data.frame") {
        return DataFrame::from_ref(column).map_or(0, DataFrame::nrow);
    }
    column.dim().and_then(|dim| dim.first().copied()).unwrap_or_else(|| column.len())
}

/// A data frame of columns that fit, with automatic row names.
pub(crate) fn frame<'r>(r: R<'r>, names: &[&str], columns: &[Value<'r>], rows: usize) -> Result<Value<'r>> {
    let Ok(count) = i32::try_from(rows) else {
        return Err(Error::wrong_type("at most 2^31 - 1 rows, as a data frame has", format!("{rows} rows")));
    };
    let frame = list(r, names, columns)?;
    // The short form of `seq_len(rows)`.
    let row_names = Integer::new(r, [RInt::NA, RInt::from(Some(-count))])?;
    frame.set_attr_in_place("row.names", &row_names)?;
    frame.set_attr_in_place("class", &r.string("data.frame")?)?;
    Ok(frame)
}
