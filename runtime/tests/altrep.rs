//! Numeric vectors over memory that Rust owns, as R sees them.

use std::sync::Arc;

use rbindgen_runtime::BufferView;
use rbindgen_runtime::altrep::Source;
use rbindgen_runtime::prelude::*;

/// An environment with one name in it, which is all that refers to the value.
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

/// `0, 1, 2, …`, with NA at 3.
struct Counting(usize);

impl Source<f64> for Counting {
    fn len(&self) -> usize {
        self.0
    }
    fn get(&self, index: usize) -> f64 {
        if index == 3 { NA_REAL } else { index as f64 }
    }
}

#[test]
fn r_reads_the_owners_memory() {
    R::with(|r| {
        let owner: Arc<[f64]> = [1.0, 2.0, NA_REAL, f64::NAN].into();
        let x = Double::from_owner(r, owner.clone())?;
        assert_eq!(x.len(), 4);
        assert_eq!(x.as_slice().as_ptr(), owner.as_ptr());
        assert_eq!(x.get(1)?, Some(2.0));
        assert_eq!(x.get(2)?, None);
        assert!(matches!(x.get(4), Err(Error::Index { .. })));
        let env = bound(r, "x", x);
        holds(&env, "sum(x[1:2]) == 3 && is.na(mean(x)) && x[[2]] + 1 == 3 && identical(sqrt(x[1]), 1)");
        let text = inspect(&env);
        assert!(text.contains("rbindgen_double (length 4, not copied) alloc::sync::Arc<[f64]>"), "{text}");
        holds(
            &env,
            "identical(is.na(x), c(FALSE, FALSE, TRUE, TRUE)) && identical(is.nan(x)[3:4], c(FALSE, TRUE))",
        );
        holds(&env, "identical(x, c(1, 2, NA, NaN)) && identical(c(1, 2, NA, NaN), x)");
        holds(&env, "identical(x[-1], c(2, NA, NaN)) && identical(x[x < 2 & !is.na(x)], 1) && x[[2]] == 2");
        holds(&env, "is.na(x[9]) && anyNA(x) && is.unsorted(x, na.rm = TRUE) == FALSE");
        holds(&env, "identical(as.integer(x[1:2]), 1:2) && identical(as.character(x)[1], '1')");
        holds(&env, "identical(rev(x)[4], 1) && identical(head(x, 1), 1) && length(c(x, x)) == 8L");
        Ok(())
    })
    .unwrap();
}

#[test]
fn every_type_has_its_class() {
    R::with(|r| {
        let env = bound(r, "x", Integer::from_owner(r, vec![RInt::from(Some(3)), RInt::NA])?);
        assert!(inspect(&env).contains("rbindgen_integer (length 2, not copied)"));
        holds(&env, "identical(x, c(3L, NA)) && identical(sum(x, na.rm = TRUE), 3L) && is.na(x[2])");
        let env = bound(r, "x", Logical::from_owner(r, vec![RBool::TRUE, RBool::NA, RBool::FALSE])?);
        holds(&env, "identical(x, c(TRUE, NA, FALSE)) && identical(which(x), 1L) && is.na(any(x[-1]))");
        assert!(inspect(&env).contains("rbindgen_logical"));
        let env = bound(r, "x", Raw::from_owner(r, b"abc".to_vec())?);
        holds(&env, "identical(x, charToRaw('abc')) && x[2] == as.raw(98)");
        assert!(inspect(&env).contains("rbindgen_raw"));
        let numbers = vec![RComplex { re: 1.0, im: -2.0 }, RComplex::NA];
        let env = bound(r, "x", Complex::from_owner(r, numbers)?);
        holds(&env, "identical(x[1], 1-2i) && is.na(x[2]) && identical(Im(x)[1], -2)");
        assert!(inspect(&env).contains("rbindgen_complex"));
        Ok(())
    })
    .unwrap();
}

#[test]
fn memory_of_plain_integers_can_be_lent() {
    struct Lent(Arc<[i32]>);
    impl AsRef<[RInt]> for Lent {
        fn as_ref(&self) -> &[RInt] {
            RInt::slice(&self.0)
        }
    }
    R::with(|r| {
        let owner: Arc<[i32]> = [1, i32::MIN, 3].into();
        let x = Integer::from_owner(r, Lent(owner.clone()))?;
        assert_eq!(x.as_slice().as_ptr().cast(), owner.as_ptr());
        holds(&bound(r, "x", x), "identical(x, c(1L, NA, 3L)) && sum(x, na.rm = TRUE) == 4L");
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_owner_may_hold_its_elements_in_itself() {
    R::with(|r| {
        let env = bound(r, "x", Double::from_owner(r, [1.0, 2.0, 3.0])?);
        r.eval("gc()")?;
        holds(&env, "identical(x, c(1, 2, 3))");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_replacement_leaves_the_owner_alone() {
    R::with(|r| {
        let owner: Arc<[f64]> = [3.0, 1.0, 2.0].into();
        for code in
            ["x[1] <- 0", "x[[1]] <- 0", "x[1:1] <- 0", "(function() x[1] <<- 0)()", "for (i in 1) x[i] <- 0"]
        {
            let env = bound(r, "x", Double::from_owner(r, owner.clone())?);
            r.eval_in(code, &env)?;
            holds(&env, "identical(x, c(0, 1, 2))");
            assert_eq!(*owner, [3.0, 1.0, 2.0], "{code}");
        }
        let env = bound(r, "x", Double::from_owner(r, owner.clone())?);
        r.eval_in("y <- x; y[2] <- 9", &env)?;
        holds(&env, "identical(x, c(3, 1, 2)) && identical(y, c(3, 9, 2))");
        holds(&env, "identical(sort(x), c(1, 2, 3)) && identical(order(x), c(2L, 3L, 1L))");
        holds(&env, "identical(x, c(3, 1, 2)) && identical(drop(x %*% x), 14)");
        r.eval_in("x <- sort.int(x, method = 'quick'); x[3] <- 10", &env)?;
        assert_eq!(*owner, [3.0, 1.0, 2.0]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn c_code_that_writes_gets_a_copy_that_r_sees() {
    R::with(|r| {
        let owner: Arc<[f64]> = [1.0, 2.0].into();
        let x = Double::from_owner(r, owner.clone())?;
        let env = bound(r, "x", x.clone());
        // SAFETY: no slice is in use.
        unsafe { x.set_in_place(0, 7.0)? }; // REAL(x)[0] = 7
        assert_eq!(*owner, [1.0, 2.0]);
        assert_eq!(x.as_slice(), [7.0, 2.0]);
        assert_eq!((x.get(0)?, x.len()), (Some(7.0), 2));
        holds(&env, "identical(x, c(7, 2)) && sum(x) == 9 && x[1] == 7");
        let text = inspect(&env);
        assert!(text.contains("rbindgen_double (length 2, copied into R's memory)"), "{text}");
        // What was written stays, also when more is written.
        // SAFETY: as above.
        unsafe { x.set_in_place(1, 8.0)? };
        holds(&env, "identical(x, c(7, 8))");
        Ok(())
    })
    .unwrap();
}

#[test]
fn rust_writes_to_a_copy_too() {
    R::with(|r| {
        let owner: Arc<[f64]> = [1.0, 2.0].into();
        let mut x = Double::from_owner(r, owner.clone())?;
        x.as_mut_slice()?[0] = 7.0;
        assert_eq!((x.as_slice(), &*owner), (&[7.0, 2.0][..], &[1.0, 2.0][..]));
        let mut shared = Double::from_owner(r, owner.clone())?;
        let other = shared.clone();
        shared.as_mut_slice()?[0] = 7.0;
        assert_eq!((shared.as_slice(), other.as_slice()), (&[7.0, 2.0][..], &*owner));
        assert_eq!(*owner, [1.0, 2.0]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn reading_from_rust_computes_what_is_read() {
    R::with(|r| {
        let x = Double::from_source(r, Counting(1 << 45))?;
        assert_eq!(x.iter().take(4).collect::<Vec<_>>(), [Some(0.0), Some(1.0), Some(2.0), None]);
        assert_eq!(x.get(1 << 44)?, Some((1_u64 << 44) as f64));
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_arguments_of_dot_c_are_copies() {
    R::with(|r| {
        let owner: Arc<[f64]> = [1.0, 2.0, 5.0].into();
        let env = bound(r, "x", Double::from_owner(r, owner.clone())?);
        // A routine of stats that works in place on its first argument.
        r.eval_in("y <- stats::filter(x, 0.5, method = 'recursive'); z <- stats::fft(x)", &env)?;
        holds(&env, "identical(as.vector(y), c(1, 2.5, 6.25)) && identical(x, c(1, 2, 5)) && Re(z[1]) == 8");
        assert_eq!(*owner, [1.0, 2.0, 5.0]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_buffer_view_shows_the_owner_read_only_until_r_has_a_copy() {
    R::with(|r| {
        let owner: Arc<[f64]> = [1.0, 2.0].into();
        let x = Double::from_owner(r, owner.clone())?;
        let view = BufferView::of(&x)?;
        assert!(view.read_only);
        assert_eq!(view.pointer.cast_const().cast(), owner.as_ptr());
        // SAFETY: no slice is in use.
        unsafe { x.set_in_place(0, 7.0)? };
        let later = BufferView::of(&x)?;
        assert!(!later.read_only);
        assert_ne!(later.pointer, view.pointer);
        // SAFETY: the views keep the vector, which keeps the owner.
        assert_eq!(unsafe { (*view.pointer.cast::<f64>(), *later.pointer.cast::<f64>()) }, (1.0, 7.0));
        let computed = Double::from_source(r, Counting(3))?;
        let computed = BufferView::of(&computed)?;
        assert!(!computed.read_only, "the memory is R's own");
        let ordinary = Double::new(r, [1.0])?;
        assert!(!BufferView::of(&ordinary)?.read_only);
        Ok(())
    })
    .unwrap();
}

#[test]
fn r_writes_to_an_exclusive_owner_in_place() {
    R::with(|r| {
        let elements = vec![3.0, 1.0, 2.0];
        let memory = elements.as_ptr();
        let x = Double::from_owner_mut(r, elements)?;
        let view = BufferView::of(&x)?;
        assert!(!view.read_only);
        assert_eq!(view.pointer.cast_const().cast(), memory);

        // Nothing but a local name refers to the vector that a function returns: R does not duplicate it.
        let make = Function::from_fn(r, || Handed(vec![3.0, 1.0, 2.0]))?;
        let env = bound(r, "make", make);
        r.eval_in("x <- make(); y <- x; y[1] <- 0", &env)?;
        holds(&env, "identical(x, c(3, 1, 2)) && identical(y, c(0, 1, 2))");
        r.eval_in("x <- (function() { x <- make(); x[1] <- 9; x })()", &env)?;
        assert!(inspect(&env).contains("rbindgen_double (length 3, not copied) alloc::vec::Vec<f64>"));
        holds(&env, "identical(c(x, x < 2), c(9, 1, 2, 0, 1, 0)) && identical(sort(x), c(1, 2, 9))");
        assert!(inspect(&env).contains("not copied"));
        Ok(())
    })
    .unwrap();
}

#[test]
fn r_writes_in_place_to_a_copy_of_what_is_shared() {
    R::with(|r| {
        let owner: Arc<[f64]> = [3.0, 1.0, 2.0].into();
        let lent = owner.clone();
        let make = Function::from_fn(r, move || Lent(lent.clone()))?;
        let env = bound(r, "make", make);
        r.eval_in("x <- (function() { x <- make(); x[1] <- 9; x[[2]] <- 8; x })()", &env)?;
        assert!(inspect(&env).contains("copied into R's memory"));
        holds(&env, "identical(x, c(9, 8, 2)) && x[1] == 9 && sum(x) == 19");
        assert_eq!(*owner, [3.0, 1.0, 2.0]);
        Ok(())
    })
    .unwrap();
}

/// Becomes a vector over memory that it shares.
struct Lent(Arc<[f64]>);

impl IntoR for Lent {
    fn into_r<'r>(self, r: R<'r>) -> rbindgen_runtime::Result<Value<'r>> {
        Double::from_owner(r, self.0).map(Value::from)
    }
}

/// Becomes a vector over its own memory.
struct Handed(Vec<f64>);

impl IntoR for Handed {
    fn into_r<'r>(self, r: R<'r>) -> rbindgen_runtime::Result<Value<'r>> {
        Double::from_owner_mut(r, self.0).map(Value::from)
    }
}

#[test]
fn attributes_and_data_frames_work() {
    R::with(|r| {
        let owner: Arc<[f64]> = [1.0, 2.0, 3.0, 4.0].into();
        let env = bound(r, "x", Double::from_owner(r, owner.clone())?);
        r.eval_in("m <- x; dim(m) <- c(2, 2); names(x) <- letters[1:4]", &env)?;
        holds(&env, "identical(m, matrix(c(1, 2, 3, 4), 2)) && x[['c']] == 3");
        holds(&env, "identical(x, c(a = 1, b = 2, c = 3, d = 4))");
        r.eval_in("attr(x, 'unit') <- 'm'; class(x) <- 'length'; y <- x; y[1] <- 9", &env)?;
        holds(
            &env,
            "identical(attributes(x), attributes(y)) && inherits(y, 'length') && unclass(x)[[1]] == 1",
        );

        let env = bound(r, "x", Double::from_owner(r, owner.clone())?);
        env.set("g", Integer::from_owner(r, [1, 2, 1, 2].map(|x| RInt::from(Some(x))))?)?;
        r.eval_in("d <- data.frame(x = x, g = g); a <- aggregate(x ~ g, d, sum); d$x[2] <- 0", &env)?;
        holds(
            &env,
            "identical(a$x, c(4, 6)) && identical(d$x, c(1, 0, 3, 4)) && identical(x, c(1, 2, 3, 4))",
        );
        holds(&env, "identical(d[d$g == 1L, 'x'], c(1, 3)) && nrow(merge(d, d, by = 'g')) == 8L");
        holds(&env, "isTRUE(all.equal(unname(coef(lm(x ~ g))), c(1, 1)))");
        assert_eq!(*owner, [1.0, 2.0, 3.0, 4.0]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn no_elements_are_no_trouble() {
    R::with(|r| {
        let env = bound(r, "x", Double::from_owner(r, Vec::new())?);
        holds(&env, "identical(x, numeric()) && sum(x) == 0 && length(sort(x)) == 0L && length(x + 1) == 0L");
        r.eval_in("x[2] <- 1", &env)?;
        holds(&env, "identical(x, c(NA, 1))");
        let x = Double::from_owner(r, Vec::new())?;
        assert_eq!(x.as_slice(), []);
        assert!(!BufferView::of(&x)?.pointer.is_null());
        let env = bound(r, "x", Double::from_source(r, Counting(0))?);
        holds(&env, "identical(x, numeric()) && identical(unserialize(serialize(x, NULL)), numeric())");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_source_is_asked_for_what_is_used() {
    R::with(|r| {
        let env = bound(r, "x", Double::from_source(r, Counting(5))?);
        holds(&env, "identical(x[2:5], c(1, 2, NA, 4)) && is.na(sum(x)) && sum(x, na.rm = TRUE) == 7");
        assert!(inspect(&env).contains("rbindgen_double (length 5, computed on demand) altrep::Counting"));
        r.eval_in("y <- x; y[1] <- 8", &env)?;
        holds(&env, "identical(x, c(0, 1, 2, NA, 4)) && identical(y, c(8, 1, 2, NA, 4))");
        let x = Double::from_source(r, Counting(5))?;
        assert_eq!(x.as_slice()[..3], [0.0, 1.0, 2.0]); // which R needs in memory
        Ok(())
    })
    .unwrap();
}

#[test]
fn long_vectors_are_long() {
    R::with(|r| {
        let long = (1_usize << 31) + 10;
        let env = bound(r, "x", Double::from_source(r, Counting(long))?);
        holds(
            &env,
            "length(x) == 2^31 + 10 && x[2^31 + 6] == 2^31 + 5 && identical(x[c(1, 2^31)], c(0, 2^31 - 1))",
        );
        let error = Double::from_source(r, Counting(usize::MAX)).unwrap_err();
        assert!(error.to_string().contains("at most 2^52 elements"), "{error}");
        let huge = Double::from_source(r, Counting(1 << 50))?;
        assert_eq!(huge.len(), 1 << 50);
        assert_eq!(huge.get(1 << 49)?, Some((1_u64 << 49) as f64));
        // R has no memory for those: an error, and the vector stays what it is.
        // SAFETY: no slice is in use.
        assert!(unsafe { huge.set_in_place(0, 1.0) }.is_err());
        assert_eq!(huge.get(5)?, Some(5.0));
        Ok(())
    })
    .unwrap();
}

/// Two gigabytes of zeros that take no memory until they are written to.
struct Mapped(*mut u8, usize);

// SAFETY: the pages belong to this value alone.
unsafe impl Send for Mapped {}

impl Mapped {
    fn new(length: usize) -> Mapped {
        let (access, kind) = (libc::PROT_READ, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE);
        // SAFETY: a mapping at an address of the system's choice.
        let address = unsafe { libc::mmap(std::ptr::null_mut(), length, access, kind, -1, 0) };
        assert_ne!(address, libc::MAP_FAILED);
        Mapped(address.cast(), length)
    }
}

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        // SAFETY: so many bytes are mapped, to be read.
        unsafe { std::slice::from_raw_parts(self.0, self.1) }
    }
}

impl Drop for Mapped {
    fn drop(&mut self) {
        // SAFETY: the mapping was made by `new`.
        unsafe { libc::munmap(self.0.cast(), self.1) };
    }
}

#[test]
fn an_owner_may_be_long_and_write_protected() {
    R::with(|r| {
        let x = Raw::from_owner(r, Mapped::new((1 << 31) + 10))?;
        let address = x.as_slice().as_ptr();
        let env = bound(r, "x", x);
        holds(
            &env,
            "length(x) == 2^31 + 10 && x[2^31 + 10] == as.raw(0) && identical(x[2^31 + 0:1], raw(2))",
        );
        assert_eq!(<&Raw>::try_from(&env.get("x")?.unwrap())?.as_slice().as_ptr(), address);
        r.eval_in("rm(x); gc()", &env)?;
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_source_that_panics_is_an_r_error() {
    struct Failing;
    impl Source<f64> for Failing {
        fn len(&self) -> usize {
            3
        }
        fn get(&self, index: usize) -> f64 {
            assert!(index < 2, "no element {index}");
            0.0
        }
    }
    R::with(|r| {
        let env = bound(r, "x", Double::from_source(r, Failing)?);
        for _ in 0..50 {
            holds(&env, "x[2] == 0");
            for code in ["x[3]", "sum(x)", "sort(x)", "x[1] <- 1", "y <- x; y[1] <- 1", "serialize(x, NULL)"] {
                let error = r.eval_in(code, &env).unwrap_err();
                assert!(error.to_string().contains("Failing panicked: no element 2"), "{code}: {error}");
            }
            holds(&env, "inherits(tryCatch(x[3], error = identity), 'simpleError')");
        }
        // Errors left R's garbage collector as it was.
        holds(&env, "{ e <- new.env(); done <- FALSE; reg.finalizer(e, function(e) done <<- TRUE); rm(e); gc(); done }");
        Ok(())
    })
    .unwrap();
}

#[test]
fn r_can_compute_with_everything_under_gctorture() {
    R::with(|r| {
        let owner: Arc<[f64]> = [3.0, 1.0, 2.0].into();
        let env = bound(r, "x", Double::from_owner(r, owner.clone())?);
        env.set("s", Double::from_source(r, Counting(3))?)?;
        r.eval("gctorture(TRUE)")?;
        let result = (|| {
            let y = Double::from_owner(r, owner.clone())?;
            env.set("y", Integer::from_owner(r, vec![RInt::from(Some(1)), RInt::NA])?)?;
            r.eval_in(
                "z <- x + s; z[1] <- 7; s[2] <- 5; v <- sort(x); u <- y; u[2] <- 4L; names(y) <- c('a', 'b')",
                &env,
            )?;
            r.eval_in("w <- unserialize(serialize(x, NULL)); i <- identical(w, x)", &env)?;
            assert_eq!(y.as_slice(), [3.0, 1.0, 2.0]);
            assert_eq!(BufferView::of(&y)?.len(), 3);
            r.eval_in("capture.output(.Internal(inspect(x))); invisible()", &env)
        })();
        r.eval("gctorture(FALSE)")?;
        result?;
        holds(&env, "identical(z, c(7, 2, 4)) && identical(s, c(0, 5, 2)) && identical(v, c(1, 2, 3)) && i");
        holds(&env, "identical(y, c(a = 1L, b = NA)) && identical(u, c(1L, 4L))");
        assert_eq!(*owner, [3.0, 1.0, 2.0]);
        Ok(())
    })
    .unwrap();
}
