//! The bytes of a stream, in either byte order.

use std::borrow::Cow;
use std::rc::Rc;

use super::Error;

/// The encoding of strings that carry no mark, as the header of version 3 names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Native {
    Utf8,
    Latin1,
}

/// A cursor over a stream.
pub struct Input<'a> {
    bytes: &'a [u8],
    offset: usize,
    big_endian: bool,
    native: Native,
}

// Bits of a string's general-purpose field (Rinternals.h, `LATIN1_MASK` and its neighbours).
const LATIN1: u16 = 1 << 2;

impl<'a> Input<'a> {
    /// Reads the header.
    pub fn open(bytes: &'a [u8]) -> Result<Input<'a>, Error> {
        let mut input = Input { bytes, offset: 0, big_endian: true, native: Native::Utf8 };
        match input.take(2)? {
            b"X\n" => {}
            // The byte order of the machine that wrote it; R runs on little-endian machines only, s390x aside.
            b"B\n" => input.big_endian = cfg!(target_endian = "big"),
            b"A\n" => return Err(input.fail("it is in R's ASCII form; write it with ascii = FALSE")),
            _ => return Err(input.fail("it does not begin as serialised R data does")),
        }
        let version = input.int()?;
        let (_writer, _reader) = (input.int()?, input.int()?);
        match version {
            2 => {}
            3 => {
                let length = input.length()?;
                let name = input.take(length)?;
                let latin1 = [&b"ISO-8859-1"[..], b"ISO8859-1", b"latin1", b"CP1252"];
                if latin1.iter().any(|one| name.eq_ignore_ascii_case(one)) {
                    input.native = Native::Latin1;
                }
            }
            _ => return Err(input.fail(format!("version {version} of the format is not known"))),
        }
        Ok(input)
    }

    /// An error at this place.
    pub fn fail(&self, reason: impl Into<String>) -> Error {
        Error { offset: self.offset, reason: reason.into() }
    }

    /// Whether all has been read.
    pub fn at_end(&self) -> bool {
        self.offset == self.bytes.len()
    }

    /// The next `count` bytes.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let rest = &self.bytes[self.offset..];
        if count > rest.len() {
            return Err(self.fail(format!("{count} bytes are announced and {} are left", rest.len())));
        }
        self.offset += count;
        Ok(&rest[..count])
    }

    /// A 32-bit integer.
    pub fn int(&mut self) -> Result<i32, Error> {
        let bytes: [u8; 4] = self.take(4)?.try_into().expect("four bytes were asked for");
        Ok(if self.big_endian { i32::from_be_bytes(bytes) } else { i32::from_le_bytes(bytes) })
    }

    /// A count of bytes or elements: a negative number is an error.
    pub fn length(&mut self) -> Result<usize, Error> {
        let length = self.int()?;
        usize::try_from(length).map_err(|_| self.fail(format!("{length} is no length")))
    }

    /// The length of a vector, which may exceed 32 bits.
    pub fn vector_length(&mut self) -> Result<usize, Error> {
        match self.int()? {
            -1 => {
                let high = self.length()?;
                // The low half is an unsigned 32-bit number.
                let low = self.int()? as u32 as usize;
                if high > 65_536 {
                    return Err(self.fail("a vector is longer than R allows"));
                }
                Ok((high << 32) | low)
            }
            length => usize::try_from(length).map_err(|_| self.fail(format!("{length} is no length"))),
        }
    }

    /// Room for `length` elements that take at least `size` bytes each: never more than the input can fill.
    pub fn reserve<T>(&self, length: usize, size: usize) -> Vec<T> {
        Vec::with_capacity(length.min((self.bytes.len() - self.offset) / size))
    }

    /// `length` integers.
    pub fn ints(&mut self, length: usize) -> Result<Vec<i32>, Error> {
        let big_endian = self.big_endian;
        let bytes = self.sized(length, 4)?;
        let read = if big_endian { i32::from_be_bytes } else { i32::from_le_bytes };
        Ok(bytes.chunks_exact(4).map(|chunk| read(chunk.try_into().expect("chunks of four"))).collect())
    }

    /// `length` doubles.
    pub fn doubles(&mut self, length: usize) -> Result<Vec<f64>, Error> {
        let big_endian = self.big_endian;
        let bytes = self.sized(length, 8)?;
        let read = if big_endian { f64::from_be_bytes } else { f64::from_le_bytes };
        Ok(bytes.chunks_exact(8).map(|chunk| read(chunk.try_into().expect("chunks of eight"))).collect())
    }

    fn sized(&mut self, length: usize, size: usize) -> Result<&'a [u8], Error> {
        match length.checked_mul(size) {
            Some(count) => self.take(count),
            None => Err(self.fail("a vector is longer than memory")),
        }
    }

    /// A string of `length` bytes whose encoding `levels` tells.
    pub fn string(&mut self, length: usize, levels: u16) -> Result<Rc<str>, Error> {
        let bytes = self.take(length)?;
        let text: Cow<'_, str> = if levels & LATIN1 != 0 {
            latin1(bytes)
        } else {
            match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                // Marked as bytes, or native in a locale that is not UTF-8.
                Err(_) if self.native == Native::Latin1 => latin1(bytes),
                Err(_) => String::from_utf8_lossy(bytes),
            }
        };
        Ok(Rc::from(text))
    }
}

fn latin1(bytes: &[u8]) -> Cow<'_, str> {
    bytes.iter().map(|&byte| char::from(byte)).collect::<String>().into()
}
