//! Strings: every encoding, NA, what is no text, and how fast a million of them is read.

use std::borrow::Cow;

use rbindgen_runtime::prelude::*;
use rbindgen_runtime::value::Encoding;

fn characters(code: &str, check: impl FnOnce(Character<'_>) -> Result<(), Error>) {
    R::with(|r| check(r.eval(code)?.try_into()?)).unwrap();
}

#[test]
fn every_mark_is_read() {
    characters(r#"c("a", "\u00fc", "gr\xfcn", NA, "")"#, |x| {
        let r = x.r();
        let marked =
            r.function("base", "Encoding<-")?.call((&x, named("value", ["", "UTF-8", "latin1", "", ""])))?;
        let marked: Character = marked.try_into()?;
        assert_eq!(
            marked.to_vec()?,
            [Some("a".into()), Some("ü".into()), Some("grün".into()), None, Some("".into())]
        );
        assert_eq!(marked.encoding(1)?, Some(Encoding::Utf8));
        assert_eq!(marked.encoding(2)?, Some(Encoding::Latin1));
        assert_eq!(marked.encoding(0)?, Some(Encoding::Native));
        assert_eq!(marked.encoding(3)?, None);
        assert_eq!(marked.bytes(2)?, Some(&b"gr\xfcn"[..]));
        assert_eq!(marked.bytes(3)?, None);
        // UTF-8 is borrowed, latin1 is not.
        assert!(matches!(marked.get(1)?, Some(Cow::Borrowed("ü"))));
        assert!(matches!(marked.get(2)?, Some(Cow::Owned(_))));
        Ok(())
    });
}

#[test]
fn the_same_as_r_says() {
    characters(
        r#"c("z\u00e4h", iconv("na\u00efve <b>", "UTF-8", "latin1"), "plain", NA, "\u4e2d\u6587")"#,
        |x| {
            let utf8: Vec<Option<String>> = x.to_utf8()?.to_vec()?;
            assert_eq!(x.to_vec()?, utf8);
            assert_eq!(utf8[1].as_deref(), Some("naïve <b>"));
            assert_eq!(x.to_utf8()?.to_strs()?[1], Some("naïve <b>"));
            let error = x.to_strs().unwrap_err().to_string();
            assert_eq!(
                error,
                "string 1 (counted from 0) is latin1 and has to be translated: use `to_utf8` first, or `iter`"
            );
            Ok(())
        },
    );
}

#[test]
fn bytes_are_no_text() {
    characters(r#"local({ x <- c("ok", "\xff\x01"); Encoding(x) <- "bytes"; x })"#, |x| {
        assert_eq!(x.get(0)?.as_deref(), Some("ok"));
        let error = x.get(1).unwrap_err();
        assert_eq!(error.to_string(), "string 1 (counted from 0) is marked as bytes, not text");
        assert!(matches!(x.to_strs(), Err(Error::Text { index: 1, .. })));
        assert!(matches!(x.to_vec(), Err(Error::Text { index: 1, .. })));
        assert_eq!(x.get_lossy(1).as_deref(), Some("\u{fffd}\u{1}"));
        assert_eq!(x.bytes(1)?, Some(&b"\xff\x01"[..]));
        assert_eq!(x.encoding(1)?, Some(Encoding::Bytes));
        Ok(())
    });
}

#[test]
fn invalid_text_names_its_element() {
    R::with(|r| {
        let bad = [Some(&b"fine"[..]), None, Some(&b"\xc3("[..])];
        for encoding in [Encoding::Utf8, Encoding::Native] {
            let x = Character::from_bytes(r, bad, encoding)?;
            for error in [x.get(2).map(drop), x.to_strs().map(drop), x.to_vec().map(drop)] {
                let error = error.unwrap_err();
                assert!(matches!(error, Error::Text { index: 2, .. }), "{encoding:?}: {error}");
            }
            assert_eq!(x.get_lossy(2).as_deref(), Some("\u{fffd}("));
            let lossy: Vec<_> = x.iter_lossy().collect();
            assert_eq!(lossy, [Some("fine".into()), None, Some("\u{fffd}(".into())]);
            assert_eq!(x.get_lossy(3), None);
            assert!(matches!(x.get(3), Err(Error::Index { index: 3, length: 3, .. })));
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_nul_is_refused_with_its_position() {
    R::with(|r| {
        let strings = (0..2000).map(|i| if i == 1500 { "a\0b".to_owned() } else { i.to_string() });
        let error = Character::new(r, strings).unwrap_err();
        assert_eq!(
            error.to_string(),
            "string 1500 (counted from 0) has a NUL inside, which no R string can have"
        );
        let error = Character::from_bytes(r, [Some("\0")], Encoding::Bytes).unwrap_err();
        assert!(matches!(error, Error::Text { index: 0, .. }), "{error}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_is_built_is_what_r_has() {
    R::with(|r| {
        let strings = [Some("a"), None, Some(""), Some("ü"), Some("NA"), Some("\u{1f600}")];
        let x = Character::from_options(r, strings)?;
        assert!(x.identical(&r.eval(r#"c("a", NA, "", "\u00fc", "NA", "\U1f600")"#)?)?);
        assert_eq!(x.to_strs()?, strings);
        assert!(Character::new(r, Vec::<String>::new())?.identical(&r.eval("character()")?)?);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_deferred_string_vector_stays_deferred() {
    characters("as.character(1:100000)", |x| {
        assert_eq!(x.get(99_999)?.as_deref(), Some("100000"));
        let total: usize = x.iter().map(|text| text.unwrap().unwrap().len()).sum();
        assert_eq!(total, 9 + 90 * 2 + 900 * 3 + 9000 * 4 + 90_000 * 5 + 6);
        assert_eq!(x.iter().len(), 100_000);
        // Its elements exist now, one by one; as one vector they are asked for here.
        assert_eq!(x.to_strs()?[41], Some("42"));
        Ok(())
    });
    // NA and errors come through the pieces, too.
    characters("as.character(c(1:300, NA))", |x| {
        assert_eq!(x.iter().filter(|text| matches!(text, Ok(None))).count(), 1);
        assert_eq!(x.iter_lossy().nth(299).unwrap().as_deref(), Some("300"));
        Ok(())
    });
}

#[test]
fn a_million_strings_are_read() {
    // How fast, `make bench` tells.
    characters("sprintf('string number %d', 1:1000000)", |x| {
        let strs = x.to_strs()?;
        assert_eq!(strs[999_999], Some("string number 1000000"));
        assert!(strs.iter().enumerate().all(|(i, s)| s.is_some_and(|s| s.ends_with(&(i + 1).to_string()))));
        Ok(())
    });
}
