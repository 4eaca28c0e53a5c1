//! Which table is in force.

use std::any::Any;
use std::cell::RefCell;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use super::{Table, defaults};
use crate::error::Result;
use crate::r::R;
use crate::value::Value;

/// The table of threads that were given none.
static DEFAULT: LazyLock<RwLock<Arc<Table>>> = LazyLock::new(|| RwLock::new(Arc::new(defaults::table())));

thread_local! {
    /// The table that this thread was given last.
    static GIVEN: RefCell<Option<Arc<Table>>> = const { RefCell::new(None) };
}

/// The table of threads that were given none.
pub(super) fn process_default() -> Arc<Table> {
    DEFAULT.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Makes `table` the one for all threads that were given none, from now on; the one before.
///
/// ```
/// use rbindgen_runtime::dispatch::{Table, current, set_default};
///
/// let mut mine = Table::new("mine");
/// mine.register::<Vec<[f64; 2]>>();
/// let before = set_default(Table::default() + mine);
/// assert_eq!(current().lineage(), ["default", "mine"]);
/// set_default(before);
/// assert_eq!(current().lineage(), ["default"]);
/// ```
pub fn set_default(table: impl Into<Arc<Table>>) -> Arc<Table> {
    let table = table.into();
    std::mem::replace(&mut *DEFAULT.write().unwrap_or_else(PoisonError::into_inner), table)
}

/// The table that is in force in this thread.
pub fn current() -> Arc<Table> {
    GIVEN.with_borrow(Clone::clone).unwrap_or_else(process_default)
}

/// Runs `body` with `table` in force for this thread, in place of whatever was before; that comes back afterwards, also when `body` panics.
///
/// Add to a table to keep what it has: `Table::default() + mine`, `&*current() + &mine`. Functions that R calls back within `body`
/// run in the same thread, and see the table.
pub fn with_converter<T>(table: impl Into<Arc<Table>>, body: impl FnOnce() -> T) -> T {
    /// Puts back what was before.
    struct Restore(Option<Arc<Table>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            let before = self.0.take();
            drop(GIVEN.with_borrow_mut(|given| std::mem::replace(given, before)));
        }
    }
    let table = table.into();
    let _restore = Restore(GIVEN.with_borrow_mut(|given| given.replace(table)));
    body()
}

impl<'r> Value<'r> {
    /// The value as a `T`, by the conversion that is registered for its class or type in the table that is in force.
    ///
    /// [`to`](Value::to) takes the conversion that `T` itself has. NA is as the entry has it.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     assert_eq!(r.eval("1:3")?.convert::<Vec<f64>>()?, [1.0, 2.0, 3.0]);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Type`](crate::Error::Type) when there is no such entry, else those of the entry.
    pub fn convert<T: 'static>(&self) -> Result<T> {
        current().from_r(self.clone())
    }

    /// What the table in force makes of the value: see [`Table::any_from_r`].
    ///
    /// # Errors
    /// As [`convert`](Value::convert).
    pub fn convert_any(&self) -> Result<Box<dyn Any>> {
        current().any_from_r(self.clone())
    }
}

impl<'r> R<'r> {
    /// A `T` as an R value, by the conversion that is registered for `T` in the table that is in force.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     assert_eq!(r.convert(&vec![1.5])?.to::<f64>()?, 1.5);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Type`](crate::Error::Type) when there is no such entry, else those of the entry.
    pub fn convert<T: 'static>(self, value: &T) -> Result<Value<'r>> {
        current().into_r(value, self)
    }

    /// As [`convert`](R::convert), for a value whose type is known only when the program runs.
    ///
    /// # Errors
    /// As [`convert`](R::convert).
    pub fn convert_any(self, value: &dyn Any) -> Result<Value<'r>> {
        current().any_into_r(value, self)
    }
}
