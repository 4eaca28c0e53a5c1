//! Values as bytes, in R's own format.
//!
//! R writes and reads through a stream whose functions are ours ("Writing R Extensions", section 5.14): the bytes go straight to and
//! from Rust's memory, without a connection or a raw vector between.

use std::ffi::{c_int, c_void};

use super::Value;
use crate::error::Result;
use crate::ffi::{self, SEXP};
use crate::protect::protect;
use crate::r::R;

/// R's stream, with room for what later versions of R may add to it.
#[repr(C)]
struct Stream<T> {
    stream: std::mem::MaybeUninit<T>,
    reserve: [u64; 32],
}

impl<T> Stream<T> {
    fn new() -> Stream<T> {
        Stream { stream: std::mem::MaybeUninit::uninit(), reserve: [0; 32] }
    }
}

/// The format that `serialize` writes: big-endian, version 3, which every R since 3.5 reads.
const VERSION: c_int = 3;

impl Value<'_> {
    /// The value as bytes: what R's `serialize(x, NULL)` gives, and `unserialize` in R reads.
    ///
    /// Environments, functions and reference objects go with all that they refer to; external pointers become empty.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x = r.eval("list(a = 1, b = 'two')")?;
    ///     let bytes = x.serialize()?;
    ///     assert!(r.unserialize(&bytes)?.identical(&x)?);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Condition`](crate::Error::Condition) when R cannot write it.
    pub fn serialize(&self) -> Result<Vec<u8>> {
        let mut bytes: Vec<u8> = Vec::new();
        let mut stream = Stream::new();
        let (sexp, target, stream) = (self.sexp(), (&raw mut bytes).cast(), stream.stream.as_mut_ptr());
        protect(self.r(), move || {
            // SAFETY: `protect` gives the context; stream and target outlive the call, and only the stream's functions use the
            // target meanwhile, in whole steps: it stays whole when R jumps.
            unsafe {
                let nil = ffi::R_NilValue();
                let format = ffi::R_pstream_format_t::R_pstream_xdr_format;
                ffi::R_InitOutPStream(stream, target, format, VERSION, write_byte, write_bytes, None, nil);
                ffi::R_Serialize(sexp, stream);
            }
        })?;
        Ok(bytes)
    }
}

impl<'r> R<'r> {
    /// Reads what [`serialize`](Value::serialize), or R's `serialize`, has written (not compressed, as files of `saveRDS` are).
    ///
    /// Only bytes that can be trusted: R checks that they are well formed, but an object can hold code that runs when it is used.
    ///
    /// # Errors
    /// [`Error::Condition`](crate::Error::Condition) for bytes that are nothing of the kind, or end too early.
    pub fn unserialize(self, bytes: &[u8]) -> Result<Value<'r>> {
        let mut rest = Rest { next: bytes.as_ptr(), length: bytes.len() };
        let mut stream = Stream::new();
        let (source, stream) = ((&raw mut rest).cast(), stream.stream.as_mut_ptr());
        let value = protect(self, move || {
            // SAFETY: `protect` gives the context; stream and source outlive the call.
            unsafe {
                let nil = ffi::R_NilValue();
                let format = ffi::R_pstream_format_t::R_pstream_any_format;
                ffi::R_InitInPStream(stream, source, format, read_byte, read_bytes, None, nil);
                ffi::R_Unserialize(stream)
            }
        })?;
        // SAFETY: R just returned the object.
        Ok(unsafe { Value::new(self, value) })
    }
}

/// The bytes that have yet to be read.
struct Rest {
    next: *const u8,
    length: usize,
}

unsafe extern "C-unwind" fn write_byte(stream: *mut ffi::R_outpstream_st, byte: c_int) {
    // SAFETY: the stream's data is the vector of `serialize`.
    unsafe { (*(*stream).data.cast::<Vec<u8>>()).push(byte as u8) };
}

unsafe extern "C-unwind" fn write_bytes(stream: *mut ffi::R_outpstream_st, bytes: *mut c_void, count: c_int) {
    // SAFETY: as above; R gives as many bytes as it says.
    unsafe {
        let bytes = std::slice::from_raw_parts(bytes.cast::<u8>(), count.max(0) as usize);
        (*(*stream).data.cast::<Vec<u8>>()).extend_from_slice(bytes);
    }
}

unsafe extern "C-unwind" fn read_byte(stream: *mut ffi::R_inpstream_st) -> c_int {
    let mut byte = 0u8;
    // SAFETY: as `read_bytes`.
    unsafe { read_bytes(stream, (&raw mut byte).cast(), 1) };
    c_int::from(byte)
}

/// May jump, and owns nothing.
unsafe extern "C-unwind" fn read_bytes(stream: *mut ffi::R_inpstream_st, target: *mut c_void, count: c_int) {
    // SAFETY: the stream's data is the `Rest` of `unserialize`; R gives room for as many bytes as it asks for.
    unsafe {
        let rest = (*stream).data.cast::<Rest>();
        let count = count.max(0) as usize;
        if (*rest).length < count {
            too_short();
        }
        std::ptr::copy_nonoverlapping((*rest).next, target.cast(), count);
        (*rest).next = (*rest).next.add(count);
        (*rest).length -= count;
    }
}

/// Raises the R error.
///
/// # Safety
/// As for `ffi`; jumps.
unsafe fn too_short() {
    // SAFETY: the caller's; what is new is protected until the jump, which ends that.
    unsafe {
        let text = c"the bytes end before the value does";
        let length = text.count_bytes() as c_int;
        let text = ffi::Rf_mkCharLenCE(text.as_ptr(), length, ffi::cetype_t::CE_UTF8);
        let text = ffi::Rf_protect(ffi::Rf_ScalarString(text));
        let stop = ffi::Rf_install(c"stop".as_ptr());
        let call: SEXP = ffi::Rf_protect(ffi::Rf_lcons(stop, ffi::Rf_cons(text, ffi::R_NilValue())));
        ffi::Rf_eval(call, ffi::R_BaseEnv());
    }
}
