//! Character vectors.

use std::borrow::Cow;

use super::strings::{self, Strings};
use super::text::{self, Encoding, Text};
use super::vector::allocate;
use super::wrapper::wrapper;
use crate::error::{Error, Result};
use crate::ffi::{self, SEXPTYPE, cetype_t};
use crate::protect::protect;
use crate::r::R;

wrapper! {
    /// A character vector: strings and NA.
    ///
    /// R keeps an encoding with every string. Text in UTF-8 and ASCII is borrowed from R; latin1 and native text is
    /// translated. Strings marked as bytes, and text that is invalid in its encoding, are an error that names the element; the
    /// lossy variants replace what cannot be read.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x = Character::new(r, ["a", "ü"])?;
    ///     assert_eq!(x.get(1)?.as_deref(), Some("ü"));
    ///     let x: Character = r.eval("c('x', NA)")?.try_into()?;
    ///     assert_eq!(x.get(1)?, None);
    ///     assert_eq!(x.to_strs()?, [Some("x"), None]);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Character, "a character vector", |value| value.is_type(SEXPTYPE::STRSXP)
}

/// How many strings are made under one error context.
const PIECE: usize = 512;

impl<'r> Character<'r> {
    /// A new vector of strings.
    ///
    /// # Errors
    /// [`Error::Text`] for a string with a NUL inside, or of more than 2^31 - 1 bytes; [`Error::Condition`] when R has no
    /// memory for it.
    pub fn new<S: AsRef<str>>(r: R<'r>, strings: impl IntoIterator<Item = S>) -> Result<Character<'r>> {
        let strings: Vec<S> = strings.into_iter().collect();
        build(r, strings.len(), cetype_t::CE_UTF8, |index| Some(strings[index].as_ref().as_bytes()))
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
        build(r, strings.len(), cetype_t::CE_UTF8, |index| {
            strings[index].as_ref().map(|text| text.as_ref().as_bytes())
        })
    }

    /// A new vector of strings that are marked as `encoding`, `None` for NA. The bytes are not checked: R's own functions, and
    /// [`get`](Character::get), complain about what is invalid when they read it. ASCII gets no mark.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    /// use rbindgen_runtime::value::Encoding;
    ///
    /// R::with(|r| {
    ///     let x = Character::from_bytes(r, [Some(b"\xfc")], Encoding::Latin1)?;
    ///     assert_eq!(x.get(0)?.as_deref(), Some("ü"));
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`new`](Character::new).
    pub fn from_bytes<B: AsRef<[u8]>>(
        r: R<'r>,
        strings: impl IntoIterator<Item = Option<B>>,
        encoding: Encoding,
    ) -> Result<Character<'r>> {
        let strings: Vec<Option<B>> = strings.into_iter().collect();
        build(r, strings.len(), encoding.mark(), |index| strings[index].as_ref().map(AsRef::as_ref))
    }

    /// The string at `index`, counted from 0; `None` for NA. An ALTREP vector is not expanded.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end; [`Error::Text`] when it is no text, or invalid in its encoding.
    pub fn get(&self, index: usize) -> Result<Option<Cow<'_, str>>> {
        self.check(index)?;
        strings::read(self, index, false)?.map_err(|reason| Error::Text { index, reason })
    }

    /// As [`get`](Character::get), with U+FFFD for what cannot be read; `None` for NA and beyond the end.
    pub fn get_lossy(&self, index: usize) -> Option<Cow<'_, str>> {
        self.check(index).ok()?;
        strings::read(self, index, true).ok()?.ok()?
    }

    /// The strings; `None` for NA. An ALTREP vector is not expanded: its strings are copied piece by piece.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Result<Option<Cow<'_, str>>>> + '_ {
        Strings::new(self, false)
            .enumerate()
            .map(|(index, read)| read.map_err(|reason| Error::Text { index, reason }))
    }

    /// The strings, with U+FFFD for what cannot be read; `None` for NA.
    pub fn iter_lossy(&self) -> impl ExactSizeIterator<Item = Option<Cow<'_, str>>> + '_ {
        Strings::new(self, true).map(|read| read.ok().flatten())
    }

    /// The strings as R has them in memory, without a copy; `None` for NA. This is the fastest way to read many.
    ///
    /// An ALTREP vector is expanded by R. Text that has to be translated cannot be borrowed: see
    /// [`to_utf8`](Character::to_utf8).
    ///
    /// # Errors
    /// [`Error::Text`] for the first string that is not UTF-8 in R's memory; [`Error::Condition`] when R cannot expand an ALTREP
    /// vector.
    pub fn to_strs(&self) -> Result<Vec<Option<&str>>> {
        let mut strs = Vec::with_capacity(self.len());
        let mut native_is_utf8 = None;
        let elements = strings::expanded(self)?;
        for (index, &element) in elements.iter().enumerate() {
            strings::prefetch_after(elements, index);
            // SAFETY: the vector keeps the string.
            let text = match unsafe { text::look(element) } {
                Text::Na => None,
                Text::Utf8(text) => Some(text),
                Text::Unreadable(why) => return Err(Error::Text { index, reason: why.reason() }),
                Text::Foreign(encoding) => {
                    let native_is_utf8 = match native_is_utf8 {
                        Some(known) => known,
                        None => *native_is_utf8.insert(native_is_utf8_now(self.r())?),
                    };
                    // SAFETY: as above.
                    let bytes = unsafe { text::bytes(element) };
                    match std::str::from_utf8(bytes) {
                        Ok(text) if encoding == Encoding::Native && native_is_utf8 => Some(text),
                        _ => return Err(Error::Text { index, reason: not_utf8(encoding) }),
                    }
                }
            };
            strs.push(text);
        }
        Ok(strs)
    }

    /// The same strings, all in UTF-8 (R's `enc2utf8`): this very vector where they are already.
    ///
    /// Strings marked as bytes stay as they are; what is invalid in its encoding becomes `<ff>`, as everywhere in R.
    ///
    /// # Errors
    /// [`Error::Condition`] when R has no memory for it.
    pub fn to_utf8(&self) -> Result<Character<'r>> {
        self.r().base_call("enc2utf8", &[(None, self)])?.try_into()
    }

    /// A copy of the strings; `None` for NA.
    ///
    /// # Errors
    /// [`Error::Text`] for the first string that cannot be read.
    pub fn to_vec(&self) -> Result<Vec<Option<String>>> {
        self.iter().map(|text| Ok(text?.map(Cow::into_owned))).collect()
    }

    /// How R has marked the string at `index`; `None` for NA.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end; [`Error::Condition`] when R cannot expand an ALTREP vector.
    pub fn encoding(&self, index: usize) -> Result<Option<Encoding>> {
        self.check(index)?;
        let element = strings::expanded(self)?[index];
        // SAFETY: the vector keeps the string.
        unsafe { Ok((element != ffi::R_NaString()).then(|| Encoding::of(ffi::Rf_getCharCE(element)))) }
    }

    /// The bytes of the string at `index` as R has them, whatever their encoding; `None` for NA.
    ///
    /// # Errors
    /// As [`encoding`](Character::encoding).
    pub fn bytes(&self, index: usize) -> Result<Option<&[u8]>> {
        self.check(index)?;
        let element = strings::expanded(self)?[index];
        // SAFETY: the vector keeps the string.
        unsafe { Ok((element != ffi::R_NaString()).then(|| text::bytes(element))) }
    }

    fn check(&self, index: usize) -> Result<()> {
        if index < self.len() { Ok(()) } else { Err(Error::out_of_range(index, self.len())) }
    }
}

/// Why a string that may well be text cannot be borrowed as UTF-8.
fn not_utf8(encoding: Encoding) -> String {
    match encoding {
        Encoding::Latin1 => "is latin1 and has to be translated: use `to_utf8` first, or `iter`".to_owned(),
        _ => "is in the encoding of R's locale, which is not UTF-8 here: use `to_utf8` first, or `iter`"
            .to_owned(),
    }
}

/// Whether strings without a mark are UTF-8 in R's locale.
fn native_is_utf8_now(r: R<'_>) -> Result<bool> {
    let info: super::List<'_> = r.base_call("l10n_info", &[])?.try_into()?;
    info.get_named("UTF-8")?.to()
}

/// Makes the vector, a piece under one error context at a time: `text` may be anybody's code, and R may jump.
fn build<'r, 's>(
    r: R<'r>,
    length: usize,
    mark: cetype_t,
    text: impl Fn(usize) -> Option<&'s [u8]>,
) -> Result<Character<'r>> {
    let vector = allocate(r, SEXPTYPE::STRSXP, length)?;
    let sexp = vector.sexp();
    let mut piece: [Option<&[u8]>; PIECE] = [None; PIECE];
    for start in (0..length).step_by(PIECE) {
        let count = PIECE.min(length - start);
        for (offset, place) in piece[..count].iter_mut().enumerate() {
            *place = text(start + offset);
            if place.is_some_and(|text| text.len() > i32::MAX as usize) {
                let reason = "is longer than R's limit of 2^31 - 1 bytes".to_owned();
                return Err(Error::Text { index: start + offset, reason });
            }
        }
        let texts = &piece[..count];
        let made = protect(r, move || {
            for (offset, text) in texts.iter().enumerate() {
                // SAFETY: `protect` gives the context; the vector is alive and of this length, the text of its.
                unsafe {
                    let element = match text {
                        Some(text) => ffi::Rf_mkCharLenCE(text.as_ptr().cast(), text.len() as i32, mark),
                        None => ffi::R_NaString(),
                    };
                    ffi::SET_STRING_ELT(sexp, (start + offset) as isize, element);
                }
            }
        });
        // R looks for NULs itself; which string has one is asked only then.
        made.map_err(|error| {
            match texts.iter().position(|text| text.is_some_and(|text| text.contains(&0))) {
                Some(offset) => Error::Text {
                    index: start + offset,
                    reason: "has a NUL inside, which no R string can have".to_owned(),
                },
                None => error,
            }
        })?;
    }
    vector.try_into()
}
