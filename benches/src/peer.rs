//! The peers of `peer.c`, and how they reach libR.

use std::ffi::{CStr, c_char, c_int, c_void};

use libloading::os::unix::Library;

/// An R object, as the runtime's `sexp()` gives it.
pub type Sexp = *mut c_void;

#[repr(C)]
struct Entry {
    name: *const c_char,
    pointer: *mut *mut c_void,
}

unsafe extern "C-unwind" {
    static peer_api: Entry;
    fn peer_call(function: Sexp, numbers: *const f64, count: usize) -> f64;
    fn peer_pool_start(capacity: usize);
    fn peer_pool_keep(object: Sexp) -> c_int;
    fn peer_pool_release(slot: c_int);
    fn peer_strings_build(texts: *const *const c_char, lengths: *const usize, count: usize) -> Sexp;
    fn peer_strings_read(vector: Sexp) -> *mut *const c_char;
    fn peer_strings_free(texts: *mut *const c_char);
}

/// Proof that the pointers of `peer.c` lead into the libR that the runtime has started.
#[derive(Clone, Copy)]
pub struct Peer(());

impl Peer {
    /// Looks the symbols up: the runtime has opened libR for the whole process.
    pub fn new(_: rbindgen_runtime::R<'_>) -> Peer {
        let process = Library::this();
        // SAFETY: the list ends with a null name; the types in `peer.c` are those of R's headers.
        unsafe {
            let mut entry = &raw const peer_api;
            while !(*entry).name.is_null() {
                let name = CStr::from_ptr((*entry).name);
                let symbol = process.get::<*mut c_void>(name.to_bytes_with_nul());
                *(*entry).pointer = *symbol.unwrap_or_else(|error| panic!("libR has no {name:?}: {error}"));
                entry = entry.add(1);
            }
            peer_pool_start(1 << 10);
        }
        Peer(())
    }

    /// `function(numbers)`; the first number of the value.
    #[inline]
    pub fn call(self, function: &rbindgen_runtime::value::Value<'_>, numbers: &[f64]) -> f64 {
        // SAFETY: the function is alive; what R raises is caught inside.
        unsafe { peer_call(function.sexp().cast(), numbers.as_ptr(), numbers.len()) }
    }

    /// Keeps an object in the bare pool, and releases it.
    #[inline]
    pub fn keep_and_release(self, object: &rbindgen_runtime::value::Value<'_>) {
        // SAFETY: the object is alive; the pool has room.
        unsafe { peer_pool_release(std::hint::black_box(peer_pool_keep(object.sexp().cast()))) };
    }

    /// Makes a character vector, and forgets it.
    pub fn build_strings(self, texts: &CTexts) -> Sexp {
        // SAFETY: both arrays are of this length. R raises no error: there is memory, and no text has a NUL.
        unsafe { peer_strings_build(texts.pointers.as_ptr(), texts.lengths.as_ptr(), texts.pointers.len()) }
    }

    /// Reads a character vector into an array of pointers, and drops it.
    pub fn read_strings(self, vector: &rbindgen_runtime::value::Value<'_>) {
        // SAFETY: the vector is alive, and a character vector.
        unsafe { peer_strings_free(std::hint::black_box(peer_strings_read(vector.sexp().cast()))) };
    }
}

/// Texts as a C program has them.
pub struct CTexts {
    pointers: Vec<*const c_char>,
    lengths: Vec<usize>,
}

impl CTexts {
    /// The same bytes as `texts`, which has to live as long.
    pub fn of(texts: &[String]) -> CTexts {
        CTexts {
            pointers: texts.iter().map(|text| text.as_ptr().cast()).collect(),
            lengths: texts.iter().map(String::len).collect(),
        }
    }
}
