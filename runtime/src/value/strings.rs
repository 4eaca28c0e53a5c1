//! Walking over the strings of a character vector.
//!
//! A plain vector's strings are borrowed from R. An ALTREP vector (`as.character(1:10)`, strings over foreign memory) makes
//! its strings when it is asked for them, and need not keep them: they are copied, many under one [`protect`].

use std::borrow::Cow;
use std::ffi::CStr;

use super::text::{self, Encoding, Text, Unreadable};
use super::{Character, Value};
use crate::error::Result;
use crate::ffi::{self, SEXP};
use crate::prefetch::{AHEAD, prefetch};
use crate::protect::protect;

/// How many strings of an ALTREP vector are asked for at a time.
const PIECE: usize = 256;

/// What was read of one element; `Err` says why it cannot be.
pub(super) type Read<'a> = Result<Option<Cow<'a, str>>, String>;

/// The pointers of a vector's strings, unless it is ALTREP and has none yet.
pub(super) fn memory<'a>(vector: &'a Value<'_>) -> Result<Option<&'a [SEXP]>> {
    let (sexp, length) = (vector.sexp(), vector.len());
    if length == 0 {
        return Ok(Some(&[]));
    }
    // SAFETY: the object is alive. What has memory is a STRSXP's memory, which keeps its strings; it stays while the
    // handle lives.
    unsafe {
        let pointer = if super::vector::is_altrep(vector) {
            protect(vector.r(), move || ffi::DATAPTR_OR_NULL(sexp).cast::<SEXP>())?
        } else {
            ffi::STRING_PTR_RO(sexp)
        };
        Ok((!pointer.is_null()).then(|| std::slice::from_raw_parts(pointer, length)))
    }
}

/// As [`memory`], but an ALTREP vector is expanded.
pub(super) fn expanded<'a>(vector: &'a Value<'_>) -> Result<&'a [SEXP]> {
    if let Some(memory) = memory(vector)? {
        return Ok(memory);
    }
    let (sexp, length) = (vector.sexp(), vector.len());
    // SAFETY: as in `memory`.
    unsafe {
        let pointer = protect(vector.r(), move || ffi::STRING_PTR_RO(sexp))?;
        Ok(std::slice::from_raw_parts(pointer, length))
    }
}

/// Fetches a string that will be read soon after the one at `index`.
#[inline(always)]
pub(super) fn prefetch_after(elements: &[SEXP], index: usize) {
    if let Some(&later) = elements.get(index + AHEAD) {
        prefetch(later);
    }
}

/// One string that was copied: where its bytes end in the piece, and what they are.
#[derive(Clone, Copy)]
enum Copied {
    Na,
    /// UTF-8, from the end of the one before to here.
    Utf8(usize),
    /// Translated by R, where `source` was how the string stood before.
    Translated {
        source: usize,
        end: usize,
        encoding: Encoding,
    },
    Unreadable(usize, Unreadable),
}

/// Copies of strings.
#[derive(Default)]
struct Piece {
    bytes: Vec<u8>,
    strings: Vec<Copied>,
}

impl Piece {
    /// Copies one string.
    ///
    /// # Safety
    /// As for `ffi`; may jump. `element` is protected.
    unsafe fn push(&mut self, element: SEXP) {
        // SAFETY: the caller's promise. Nothing borrowed from `self` is alive where R may jump.
        unsafe {
            let copied = match text::look(element) {
                Text::Na => Copied::Na,
                Text::Utf8(text) => {
                    self.bytes.extend_from_slice(text.as_bytes());
                    Copied::Utf8(self.bytes.len())
                }
                Text::Foreign(encoding) => {
                    let translated = ffi::Rf_translateCharUTF8(element);
                    self.bytes.extend_from_slice(text::bytes(element));
                    let source = self.bytes.len();
                    self.bytes.extend_from_slice(CStr::from_ptr(translated).to_bytes());
                    Copied::Translated { source, end: self.bytes.len(), encoding }
                }
                Text::Unreadable(why) => {
                    self.bytes.extend_from_slice(text::bytes(element));
                    Copied::Unreadable(self.bytes.len(), why)
                }
            };
            self.strings.push(copied);
        }
    }

    /// The strings; what cannot be read is replaced where `lossy` says so.
    fn into_reads(self, lossy: bool) -> impl Iterator<Item = Read<'static>> {
        let mut start = 0;
        let mut reads = Vec::with_capacity(self.strings.len());
        for copied in &self.strings {
            let (read, end) = match *copied {
                Copied::Na => (Ok(None), start),
                Copied::Utf8(end) => (Ok(Some(&self.bytes[start..end])), end),
                Copied::Translated { source, end, encoding } => {
                    let translated = &self.bytes[source..end];
                    let judged = text::judge(&self.bytes[start..source], translated, encoding);
                    (if lossy { Ok(Some(translated)) } else { judged.map(|text| Some(text.as_bytes())) }, end)
                }
                Copied::Unreadable(end, _) if lossy => (Ok(Some(&self.bytes[start..end])), end),
                Copied::Unreadable(end, why) => (Err(why), end),
            };
            // What was copied as UTF-8 is valid: this copies only.
            let text = |bytes| Cow::Owned(String::from_utf8_lossy(bytes).into_owned());
            reads.push(read.map(|bytes| bytes.map(text)).map_err(Unreadable::reason));
            start = end;
        }
        reads.into_iter()
    }
}

/// Copies `count` strings from `start` on.
fn fetch(vector: &Value<'_>, start: usize, count: usize) -> Result<Piece> {
    let mut piece = Piece::default();
    let (sexp, target) = (vector.sexp(), &raw mut piece);
    protect(vector.r(), move || {
        // SAFETY: `protect` gives the context; the indices are below the vector's length. `piece` outlives the call and is
        // not used by anybody else meanwhile; it stays whole when R jumps, for no borrow of it crosses a call
        // that may.
        unsafe {
            let mark = ffi::vmaxget();
            for index in start..start + count {
                let element = ffi::Rf_protect(ffi::STRING_ELT(sexp, index as isize));
                (*target).push(element);
                ffi::Rf_unprotect(1);
                ffi::vmaxset(mark);
            }
        }
    })?;
    Ok(piece)
}

/// Reads one string; `index` is below the length.
pub(super) fn read<'a>(vector: &'a Character<'_>, index: usize, lossy: bool) -> Result<Read<'a>> {
    if let Some(memory) = memory(vector)? {
        return Ok(read_element(vector, memory[index], lossy));
    }
    Ok(fetch(vector, index, 1)?.into_reads(lossy).next().unwrap_or(Ok(None)))
}

/// Reads a string that the vector keeps.
fn read_element<'a>(vector: &'a Character<'_>, element: SEXP, lossy: bool) -> Read<'a> {
    // SAFETY: the vector keeps the string.
    match unsafe { text::read(vector.r(), element) } {
        // SAFETY: as above.
        Err(_) if lossy => Ok(Some(String::from_utf8_lossy(unsafe { text::bytes(element) }))),
        read => read,
    }
}

/// The strings of a vector, in order.
pub(super) struct Strings<'a, 'r> {
    vector: &'a Character<'r>,
    memory: Option<&'a [SEXP]>,
    piece: std::vec::IntoIter<Read<'static>>,
    next: usize,
    length: usize,
    lossy: bool,
}

impl<'a, 'r> Strings<'a, 'r> {
    pub(super) fn new(vector: &'a Character<'r>, lossy: bool) -> Strings<'a, 'r> {
        let memory = memory(vector).ok().flatten();
        Strings { vector, memory, piece: Vec::new().into_iter(), next: 0, length: vector.len(), lossy }
    }

    /// The next piece of an ALTREP vector. A method that fails makes one unreadable element of it.
    fn fetch(&mut self) -> Read<'static> {
        let count = PIECE.min(self.length - self.next);
        match fetch(self.vector, self.next, count) {
            Ok(piece) => {
                let reads: Vec<_> = piece.into_reads(self.lossy).collect();
                self.piece = reads.into_iter();
                self.piece.next().unwrap_or(Ok(None))
            }
            Err(error) => Err(format!("cannot be had from its ALTREP vector: {error}")),
        }
    }
}

impl<'a> Iterator for Strings<'a, '_> {
    type Item = Read<'a>;

    #[inline]
    fn next(&mut self) -> Option<Read<'a>> {
        if self.next >= self.length {
            return None;
        }
        let read = match self.memory {
            Some(memory) => {
                prefetch_after(memory, self.next);
                read_element(self.vector, memory[self.next], self.lossy)
            }
            None => match self.piece.next() {
                Some(read) => read,
                None => self.fetch(),
            },
        };
        self.next += 1;
        Some(read)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest = self.length - self.next;
        (rest, Some(rest))
    }
}

impl ExactSizeIterator for Strings<'_, '_> {}
