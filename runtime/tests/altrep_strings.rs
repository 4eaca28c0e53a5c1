//! Character vectors whose strings are made on demand.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rbindgen_runtime::altrep::StringSource;
use rbindgen_runtime::prelude::*;

/// An environment with one name in it.
fn bound<'r>(r: R<'r>, name: &str, value: impl IntoR) -> Environment<'r> {
    let env: Environment = r.eval("new.env()").unwrap().try_into().unwrap();
    env.set(name, value).unwrap();
    env
}

fn inspect(env: &Environment<'_>) -> String {
    env.r()
        .eval_in("paste(capture.output(.Internal(inspect(x))), collapse = ' ')", env)
        .unwrap()
        .to()
        .unwrap()
}

/// Evaluates `code`, which must give TRUE, in `env`.
#[track_caller]
fn holds(env: &Environment<'_>, code: &str) {
    let value = env.r().eval_in(code, env).unwrap_or_else(|error| panic!("{code}: {error}"));
    assert_eq!(value.to::<Option<bool>>().unwrap(), Some(true), "{code}");
}

/// Makes strings, and counts how many it was asked for. Every third is empty, every fourth NA.
struct Made(usize, Arc<AtomicUsize>);

impl StringSource for Made {
    fn len(&self) -> usize {
        self.0
    }
    fn get(&self, index: usize) -> Option<Cow<'_, str>> {
        self.1.fetch_add(1, Ordering::Relaxed);
        match index % 4 {
            3 => None,
            2 => Some(Cow::Borrowed("")),
            _ => Some(Cow::Owned(format!("nr {index}"))),
        }
    }
}

#[test]
fn r_sees_strings_and_na() {
    R::with(|r| {
        let source: Arc<[Option<String>]> = [Some("a".into()), None, Some("grün 統計".into()), Some(String::new())].into();
        let x = Character::from_source(r, source)?;
        assert_eq!(x.get(2)?.as_deref(), Some("grün 統計"));
        assert_eq!(x.get(1)?, None);
        let env = bound(r, "x", x);
        holds(&env, "identical(x, c('a', NA, 'gr\\u00fcn \\u7d71\\u8a08', ''))");
        holds(&env, "identical(nchar(x), c(1L, NA, 7L, 0L)) && identical(is.na(x), c(FALSE, TRUE, FALSE, FALSE))");
        holds(&env, "identical(toupper(x)[1], 'A') && identical(x[c(1, 4)], c('a', '')) && identical(match('', x), 4L)");
        holds(&env, "identical(sort(x)[2], 'a') && identical(paste0(x, 1)[4], '1') && nlevels(factor(x)) == 3L");
        holds(&env, "identical(Encoding(x)[3], 'UTF-8')");
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_is_a_source_of_strings() {
    R::with(|r| {
        assert_eq!(Character::from_source(r, ["a", "b"])?.to_vec()?.len(), 2);
        assert_eq!(Character::from_source(r, vec!["a".to_owned()])?.to_vec()?, [Some("a".to_owned())]);
        let boxed: Box<[Option<Arc<str>>]> = vec![None, Some(Arc::from("b"))].into();
        assert_eq!(Character::from_source(r, boxed)?.to_vec()?, [None, Some("b".to_owned())]);
        let fixed: &'static [Option<&'static str>] = &[Some("x"), None];
        assert_eq!(Character::from_source(r, fixed)?.to_vec()?, [Some("x".to_owned()), None]);
        assert_eq!(Character::from_source(r, Vec::<String>::new())?.to_vec()?, []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_string_is_asked_for_once_and_when_it_is_used() {
    R::with(|r| {
        let asked = Arc::new(AtomicUsize::new(0));
        let env = bound(r, "x", Character::from_source(r, Made(1_000, asked.clone()))?);
        assert!(inspect(&env).contains("rbindgen_string (length 1000, not copied) altrep_strings::Made"));
        holds(&env, "length(x) == 1000L");
        assert_eq!(asked.load(Ordering::Relaxed), 0);
        holds(&env, "identical(x[c(1, 2, 2, 4)], c('nr 0', 'nr 1', 'nr 1', NA))");
        assert_eq!(asked.load(Ordering::Relaxed), 3);
        assert!(inspect(&env).contains("in part in R's memory"));
        // C code may hold on to a string for as long as it has the vector.
        holds(&env, "{ gc(); for (i in 1:20) paste('nr', 1:100); identical(x[1:2], c('nr 0', 'nr 1')) }");
        assert_eq!(asked.load(Ordering::Relaxed), 3);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_replacement_is_r_s_own() {
    R::with(|r| {
        let source: Arc<[String]> = ["c".to_owned(), "a".to_owned(), "b".to_owned()].into();
        let env = bound(r, "x", Character::from_source(r, source.clone())?);
        r.eval_in("y <- x; y[1] <- 'z'; v <- sort(x); x[2] <- ''", &env)?;
        holds(&env, "identical(x, c('c', '', 'b')) && identical(y, c('z', 'a', 'b')) && identical(v, c('a', 'b', 'c'))");
        // In place: SET_STRING_ELT.
        let x = Character::from_source(r, source.clone())?;
        // SAFETY: no text of this vector is in use.
        unsafe {
            x.set_in_place(0, Some(""))?;
            x.set_in_place(1, None)?;
        }
        let env = bound(r, "x", x);
        holds(&env, "identical(x, c('', NA, 'b')) && identical(x[1], '')");
        assert!(inspect(&env).contains("copied into R's memory"));
        assert_eq!(*source, ["c", "a", "b"]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn attributes_and_data_frames_work() {
    R::with(|r| {
        let env = bound(r, "x", Character::from_source(r, ["b", "a", "b"])?);
        r.eval_in(
            "d <- data.frame(x = x, n = 1:3, stringsAsFactors = FALSE); names(x) <- c('p', 'q', 'r')",
            &env,
        )?;
        holds(&env, "identical(tapply(d$n, d$x, sum)[['b']], 4L) && identical(x[['q']], 'a')");
        holds(
            &env,
            "identical(x, c(p = 'b', q = 'a', r = 'b')) && identical(unique(unname(x)), c('b', 'a'))",
        );
        r.eval_in("dim(x) <- c(1, 3)", &env)?;
        holds(&env, "identical(x, matrix(c('b', 'a', 'b'), 1))");
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_r_cannot_hold_is_an_r_error() {
    struct Failing;
    impl StringSource for Failing {
        fn len(&self) -> usize {
            3
        }
        fn get(&self, index: usize) -> Option<Cow<'_, str>> {
            assert!(index < 2, "no string {index}");
            Some(Cow::Borrowed(if index == 0 { "fine" } else { "nul\0inside" }))
        }
    }
    R::with(|r| {
        let x = Character::from_source(r, Failing)?;
        assert_eq!(x.get(0)?.as_deref(), Some("fine"));
        assert!(x.get(1).unwrap_err().to_string().contains("nul"));
        let env = bound(r, "x", x);
        for code in ["x[3]", "sort(x)", "y <- x; y[1] <- 'a'", "serialize(x, NULL)", "x[1] <- 'b'"] {
            assert!(r.eval_in(code, &env).is_err(), "{code}");
        }
        let error = r.eval_in("x[3]", &env).unwrap_err();
        assert!(error.to_string().contains("Failing panicked: no string 2"), "{error}");
        holds(&env, "identical(x[1], 'fine') && inherits(tryCatch(x[2], error = identity), 'simpleError')");
        // Errors left R's garbage collector as it was.
        holds(&env, "{ e <- new.env(); done <- FALSE; reg.finalizer(e, function(e) done <<- TRUE); rm(e); gc(); done }");
        Ok(())
    })
    .unwrap();
}

#[test]
fn long_vectors_are_long() {
    struct Same(usize);
    impl StringSource for Same {
        fn len(&self) -> usize {
            self.0
        }
        fn get(&self, _: usize) -> Option<Cow<'_, str>> {
            Some(Cow::Borrowed("same"))
        }
    }
    R::with(|r| {
        let env = bound(r, "x", Character::from_source(r, Same((1 << 31) + 5))?);
        holds(&env, "length(x) == 2^31 + 5");
        assert!(Character::from_source(r, Same(usize::MAX)).is_err());
        Ok(())
    })
    .unwrap();
}

#[test]
fn strings_survive_gctorture() {
    R::with(|r| {
        let asked = Arc::new(AtomicUsize::new(0));
        let env = bound(r, "x", Character::from_source(r, Made(6, asked))?);
        r.eval("gctorture(TRUE)")?;
        let result = (|| {
            env.set("y", Character::from_source(r, vec![Some("b".to_owned()), None, Some("a".to_owned())])?)?;
            r.eval_in(
                "z <- paste(x, 'x'); u <- y; u[1] <- 'c'; v <- sort(y); w <- unserialize(serialize(x, NULL))",
                &env,
            )?;
            r.eval_in("y[2] <- 'n'; s <- strsplit(x, ' ')[[2]]", &env)
        })();
        r.eval("gctorture(FALSE)")?;
        result?;
        holds(&env, "identical(x, c('nr 0', 'nr 1', '', NA, 'nr 4', 'nr 5')) && identical(w, x)");
        holds(&env, "identical(z[1:4], c('nr 0 x', 'nr 1 x', ' x', 'NA x')) && identical(s, c('nr', '1'))");
        holds(
            &env,
            "identical(u, c('c', NA, 'a')) && identical(v, c('a', 'b')) && identical(y, c('b', 'n', 'a'))",
        );
        Ok(())
    })
    .unwrap();
}
