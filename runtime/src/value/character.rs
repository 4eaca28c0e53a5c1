//! Character vectors.

use std::borrow::Cow;
use std::ffi::CStr;

use super::Value;
use super::vector::allocate;
use super::wrapper::wrapper;
use crate::error::{Error, Result};
use crate::ffi::{self, SEXP, SEXPTYPE, cetype_t};
use crate::protect::protect;
use crate::r::R;

wrapper! {
    /// A character vector: strings and NA.
    ///
    /// R keeps an encoding with every string. Text in UTF-8 and ASCII is borrowed from R; latin1 and native text is
    /// translated. Strings marked as bytes, and invalid UTF-8, are an error that names the element; the lossy variants
    /// replace what cannot be read.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x = Character::new(r, ["a", "ü"])?;
    ///     assert_eq!(x.get(1)?.as_deref(), Some("ü"));
    ///     let x: Character = r.eval("c('x', NA)")?.try_into()?;
    ///     assert_eq!(x.get(1)?, None);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Character, "a character vector", |value| value.is_type(SEXPTYPE::STRSXP)
}

impl<'r> Character<'r> {
    /// A new vector of strings.
    ///
    /// # Errors
    /// [`Error::Text`] for a string with a NUL inside; [`Error::Condition`] when R has no memory for it.
    pub fn new<S: AsRef<str>>(r: R<'r>, strings: impl IntoIterator<Item = S>) -> Result<Character<'r>> {
        Character::from_options(r, strings.into_iter().map(Some))
    }

    /// A new vector of strings, `None` for NA.
    ///
    /// # Errors
    /// As [`new`](Character::new).
    pub fn from_options<S: AsRef<str>>(
        r: R<'r>,
        strings: impl IntoIterator<Item = Option<S>>,
    ) -> Result<Character<'r>> {
        let strings: Vec<Option<S>> = strings.into_iter().collect();
        let vector = allocate(r, SEXPTYPE::STRSXP, strings.len())?;
        // One error context for all strings: what is captured is borrowed, and the offsets are plain numbers.
        let texts: Vec<Option<&str>> = strings.iter().map(|s| s.as_ref().map(AsRef::as_ref)).collect();
        if let Some(index) = texts.iter().position(|text| text.is_some_and(|text| text.contains('\0'))) {
            return Err(Error::Text {
                index,
                reason: "has a NUL inside, which no R string can have".to_owned(),
            });
        }
        if let Some(index) =
            texts.iter().position(|text| text.is_some_and(|text| text.len() > i32::MAX as usize))
        {
            return Err(Error::Text {
                index,
                reason: "is longer than R's limit of 2^31 - 1 bytes".to_owned(),
            });
        }
        let (texts, sexp) = (&texts[..], vector.sexp());
        protect(r, move || {
            for (index, text) in texts.iter().enumerate() {
                // SAFETY: the vector is alive and of this length; the text is valid UTF-8 of that length.
                unsafe {
                    let element = match text {
                        Some(text) => {
                            ffi::Rf_mkCharLenCE(text.as_ptr().cast(), text.len() as i32, cetype_t::CE_UTF8)
                        }
                        None => ffi::R_NaString(),
                    };
                    ffi::SET_STRING_ELT(sexp, index as isize, element);
                }
            }
        })?;
        vector.try_into()
    }

    /// The string at `index`, counted from 0; `None` for NA.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end; [`Error::Text`] when it cannot be read as UTF-8.
    pub fn get(&self, index: usize) -> Result<Option<Cow<'_, str>>> {
        let element = self.element(index)?;
        // SAFETY: the element is a CHARSXP of this vector, which keeps it alive.
        unsafe { read(self, element) }.map_err(|reason| Error::Text { index, reason })
    }

    /// As [`get`](Character::get), with U+FFFD for what cannot be read; `None` for NA and beyond the end.
    pub fn get_lossy(&self, index: usize) -> Option<Cow<'_, str>> {
        let element = self.element(index).ok()?;
        // SAFETY: as in `get`.
        unsafe {
            if element == ffi::R_NaString() {
                return None;
            }
            match read(self, element) {
                Ok(text) => text,
                Err(_) => Some(CStr::from_ptr(ffi::R_CHAR(element)).to_string_lossy()),
            }
        }
    }

    /// The strings; `None` for NA.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Result<Option<Cow<'_, str>>>> + '_ {
        (0..self.len()).map(|index| self.get(index))
    }

    /// The strings, with U+FFFD for what cannot be read; `None` for NA.
    pub fn iter_lossy(&self) -> impl ExactSizeIterator<Item = Option<Cow<'_, str>>> + '_ {
        (0..self.len()).map(|index| self.get_lossy(index))
    }

    /// A copy of the strings; `None` for NA.
    ///
    /// # Errors
    /// [`Error::Text`] for the first string that cannot be read.
    pub fn to_vec(&self) -> Result<Vec<Option<String>>> {
        self.iter().map(|text| Ok(text?.map(Cow::into_owned))).collect()
    }

    fn element(&self, index: usize) -> Result<SEXP> {
        if index >= self.len() {
            return Err(Error::out_of_range(index, self.len()));
        }
        let sexp = self.sexp();
        // SAFETY: the object is alive, and the index below its length.
        super::double::protect_if_altrep(self, move || unsafe { ffi::STRING_ELT(sexp, index as isize) })
    }
}

/// Reads one string; the error says what is wrong with it.
///
/// # Safety
/// `element` is a CHARSXP that lives as long as `vector`.
unsafe fn read<'a>(vector: &'a Value<'_>, element: SEXP) -> Result<Option<Cow<'a, str>>, String> {
    // SAFETY: the caller's promise; a CHARSXP's text ends with NUL.
    unsafe {
        if element == ffi::R_NaString() {
            return Ok(None);
        }
        let text: &'a CStr = CStr::from_ptr(ffi::R_CHAR(element));
        let encoding = ffi::Rf_getCharCE(element);
        if encoding == cetype_t::CE_BYTES {
            return Err("is marked as bytes, not text".to_owned());
        }
        if encoding == cetype_t::CE_UTF8 || text.to_bytes().is_ascii() {
            return match text.to_str() {
                Ok(text) => Ok(Some(Cow::Borrowed(text))),
                Err(_) => Err("is marked as UTF-8 and is not valid UTF-8".to_owned()),
            };
        }
        // latin1, or the locale's encoding.
        let mark = ffi::vmaxget();
        let translated = protect(vector.r(), move || ffi::Rf_translateCharUTF8(element));
        let translated = translated.map_err(|error| format!("cannot be translated to UTF-8: {error}"))?;
        let owned = CStr::from_ptr(translated).to_str().map(str::to_owned);
        ffi::vmaxset(mark);
        owned.map(|text| Some(Cow::Owned(text))).map_err(|_| "is not valid UTF-8".to_owned())
    }
}
