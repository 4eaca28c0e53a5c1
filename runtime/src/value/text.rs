//! One string of a character vector: a CHARSXP, its bytes and its encoding.
//!
//! R marks a string as UTF-8, latin1 or bytes; without a mark it is ASCII or in the encoding of the session's locale
//! ("R Internals", section 1.10).

use std::borrow::Cow;
use std::ffi::CStr;

use crate::ffi::{self, SEXP, cetype_t};
use crate::protect::protect;
use crate::r::R;

/// How R has marked a string (R's `Encoding(x)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// No mark: ASCII, or the encoding of the session's locale ("unknown").
    Native,
    /// UTF-8.
    Utf8,
    /// ISO 8859-1, or Windows' code page 1252 where that differs.
    Latin1,
    /// No text: bytes.
    Bytes,
}

impl Encoding {
    pub(super) fn of(mark: cetype_t) -> Encoding {
        match mark {
            cetype_t::CE_UTF8 => Encoding::Utf8,
            cetype_t::CE_LATIN1 => Encoding::Latin1,
            cetype_t::CE_BYTES => Encoding::Bytes,
            _ => Encoding::Native,
        }
    }

    pub(super) fn mark(self) -> cetype_t {
        match self {
            Encoding::Native => cetype_t::CE_NATIVE,
            Encoding::Utf8 => cetype_t::CE_UTF8,
            Encoding::Latin1 => cetype_t::CE_LATIN1,
            Encoding::Bytes => cetype_t::CE_BYTES,
        }
    }
}

/// Why a string is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    Bytes,
    InvalidUtf8,
    InvalidNative,
    InvalidLatin1,
}

impl Unreadable {
    pub(super) fn reason(self) -> String {
        match self {
            Unreadable::Bytes => "is marked as bytes, not text",
            Unreadable::InvalidUtf8 => "is marked as UTF-8 and is not valid UTF-8",
            Unreadable::InvalidNative => "is not valid in the encoding of R's locale",
            Unreadable::InvalidLatin1 => "is marked as latin1 and is not valid there",
        }
        .to_owned()
    }
}

/// What a look at a string tells, without a call that may jump.
pub(super) enum Text<'a> {
    Na,
    Utf8(&'a str),
    /// In this encoding, and not ASCII.
    Foreign(Encoding),
    Unreadable(Unreadable),
}

/// The bytes of a string.
///
/// # Safety
/// `element` is a CHARSXP that lives for `'a`.
#[inline]
pub(super) unsafe fn bytes<'a>(element: SEXP) -> &'a [u8] {
    // SAFETY: the caller's promise; a CHARSXP has as many bytes as its length says.
    unsafe {
        std::slice::from_raw_parts(ffi::R_CHAR(element).cast(), ffi::LENGTH(element).unsigned_abs() as usize)
    }
}

/// Looks at a string.
///
/// # Safety
/// As [`bytes`].
#[inline]
pub(super) unsafe fn look<'a>(element: SEXP) -> Text<'a> {
    // SAFETY: the caller's promise; ASCII is UTF-8.
    unsafe {
        if element == ffi::R_NaString() {
            return Text::Na;
        }
        let bytes = bytes::<'a>(element);
        if bytes.is_ascii() {
            // R marks no ASCII (its help page on `Encoding`): most strings need no second look.
            return Text::Utf8(std::str::from_utf8_unchecked(bytes));
        }
        let encoding = Encoding::of(ffi::Rf_getCharCE(element));
        match encoding {
            Encoding::Bytes => Text::Unreadable(Unreadable::Bytes),
            Encoding::Native | Encoding::Latin1 => Text::Foreign(encoding),
            Encoding::Utf8 => match std::str::from_utf8(bytes) {
                Ok(text) => Text::Utf8(text),
                Err(_) => Text::Unreadable(Unreadable::InvalidUtf8),
            },
        }
    }
}

/// Judges what `Rf_translateCharUTF8` made of a string in another encoding.
///
/// R writes `<ff>` for a byte that it cannot translate. In every encoding that a locale can have, `<` is one byte and
/// stays one: there are more of them in the translation only when R wrote them.
pub(super) fn judge<'t>(
    source: &[u8],
    translated: &'t [u8],
    encoding: Encoding,
) -> Result<&'t str, Unreadable> {
    let invalid = match encoding {
        Encoding::Latin1 => Unreadable::InvalidLatin1,
        _ => Unreadable::InvalidNative,
    };
    let signs = |text: &[u8]| text.iter().filter(|&&byte| byte == b'<').count();
    if signs(translated) > signs(source) {
        return Err(invalid);
    }
    std::str::from_utf8(translated).map_err(|_| invalid)
}

/// Translates a string to UTF-8; it is borrowed where R's own bytes are UTF-8 already.
///
/// # Safety
/// As [`bytes`]; the string is [`Text::Foreign`] with this `encoding`.
pub(super) unsafe fn translate<'a>(
    r: R<'_>,
    element: SEXP,
    encoding: Encoding,
) -> Result<Cow<'a, str>, String> {
    // SAFETY: the caller's promise; the translation lives until `vmaxset`.
    unsafe {
        let mark = ffi::vmaxget();
        let translated = protect(r, move || ffi::Rf_translateCharUTF8(element));
        let translated = translated.map_err(|error| format!("cannot be translated to UTF-8: {error}"))?;
        let source = bytes::<'a>(element);
        let text = if translated == ffi::R_CHAR(element) {
            judge(source, source, encoding).map(Cow::Borrowed)
        } else {
            let translated = CStr::from_ptr(translated).to_bytes();
            judge(source, translated, encoding).map(|text| Cow::Owned(text.to_owned()))
        };
        ffi::vmaxset(mark);
        text.map_err(Unreadable::reason)
    }
}

/// Reads a string.
///
/// # Safety
/// As [`bytes`].
pub(super) unsafe fn read<'a>(r: R<'_>, element: SEXP) -> Result<Option<Cow<'a, str>>, String> {
    // SAFETY: the caller's promise.
    unsafe {
        match look::<'a>(element) {
            Text::Na => Ok(None),
            Text::Utf8(text) => Ok(Some(Cow::Borrowed(text))),
            Text::Foreign(encoding) => translate(r, element, encoding).map(Some),
            Text::Unreadable(why) => Err(why.reason()),
        }
    }
}
