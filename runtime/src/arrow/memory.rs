//! Memory that the two sides share.

use std::panic::AssertUnwindSafe;
use std::ptr::NonNull;
use std::sync::Arc;

use arrow_buffer::{ArrowNativeType, Buffer, ScalarBuffer};

use crate::error::Result;
use crate::na::RInt;
use crate::value::{Value, Vector};

/// The memory of an R vector as a buffer of `T`, which keeps the vector. An ALTREP vector without memory is expanded.
///
/// # Safety
/// Every bit pattern of the vector's elements is a `T`, and both have the same size and alignment.
pub(super) unsafe fn buffer_of<'r, T, V>(vector: &V) -> Result<ScalarBuffer<T>>
where
    T: ArrowNativeType,
    V: Vector<'r> + std::ops::Deref<Target = Value<'r>>,
{
    const { assert!(size_of::<T>() == size_of::<V::Element>() && align_of::<T>() <= align_of::<V::Element>()) };
    let elements = crate::value::try_slice(vector)?;
    if elements.is_empty() {
        return Ok(ScalarBuffer::from(Vec::new()));
    }
    let length = elements.len();
    // Arrow asks for a value that may be looked at after a panic: a handle of an R object has nothing that one could break.
    let owner = Arc::new(AssertUnwindSafe((**vector).clone().global()));
    // SAFETY: the elements stay where they are, and are not written to, while the handle lives (see `value::vector`): R
    // duplicates what someone else refers to before it writes. The handle may be dropped by any thread.
    let buffer = unsafe {
        Buffer::from_custom_allocation(NonNull::from(elements).cast(), length * size_of::<T>(), owner)
    };
    Ok(ScalarBuffer::new(buffer, 0, length))
}

/// Arrow's integers as the elements of an R vector, which keeps the buffer.
pub(super) struct Integers(pub(super) ScalarBuffer<i32>);

impl AsRef<[RInt]> for Integers {
    fn as_ref(&self) -> &[RInt] {
        let integers: &[i32] = &self.0;
        // SAFETY: `RInt` is transparent over `i32`.
        unsafe { std::slice::from_raw_parts(integers.as_ptr().cast(), integers.len()) }
    }
}
