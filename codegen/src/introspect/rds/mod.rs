//! R's serialisation format, versions 2 and 3, in Rust ("R Internals", section 1.8).
//!
//! Every type that `serialize()` can write is read, so that whatever the script sends arrives: skeletons of data, Rd
//! trees, formals, bodies. What cannot be told without R (external pointers, files behind ALTREP) keeps its kind and loses
//! its content. Malformed input is an [`Error`] with the offset; it never panics and never allocates more than the
//! input can fill.

mod altrep;
mod bytecode;
mod decode;
mod input;
mod number;
#[cfg(test)]
mod tests;
mod value;

use std::fmt;

pub use number::is_na;
pub use value::{Data, Decoded, EnvId, Environment, NA_INTEGER, Tagged, Value};

/// Why a stream could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// How many bytes had been read.
    pub offset: usize,
    /// What is wrong there.
    pub reason: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "malformed R data at byte {}: {}", self.offset, self.reason)
    }
}

impl std::error::Error for Error {}

/// How deeply values may nest. With the usual stack of 8 MiB R itself writes less than 30,000 levels.
const MAX_DEPTH: u32 = 40_000;

/// The stack for the decoder, which recurses where R's values nest. It is virtual memory until it is used.
const STACK: usize = 1 << 30;

/// Decodes `bytes` and hands the result to `read`, on a thread whose stack is deep enough for R's deepest values.
///
/// # Errors
/// When the bytes are not a serialised R value.
pub fn with<T: Send>(bytes: &[u8], read: impl FnOnce(&Decoded) -> T + Send) -> Result<T, Error> {
    std::thread::scope(|scope| {
        let work = move || {
            // Decoding, reading and dropping all recurse: all of it stays on this thread.
            let decoded = decode::decode(bytes)?;
            Ok(read(&decoded))
        };
        let thread = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .map_err(|error| Error { offset: 0, reason: format!("no thread to decode it: {error}") })?;
        match thread.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Decodes `bytes` on this thread, which has to be one that [`with`] has started.
pub(super) fn decode_here(bytes: &[u8]) -> Result<Decoded, Error> {
    decode::decode(bytes)
}
