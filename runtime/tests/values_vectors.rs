//! Vectors of numbers: ALTREP ones are read as they are, long ones whole.

use rbindgen_runtime::prelude::*;

/// The vector cells of R's heap that are in use, in MB, after `body` at most.
fn peak_vcells(r: R<'_>, body: impl FnOnce()) -> f64 {
    r.eval("gc(reset = TRUE)").unwrap();
    body();
    r.eval("gc()[2, 6]").unwrap().to::<f64>().unwrap()
}

#[test]
fn a_sequence_of_a_billion_stays_small() {
    R::with(|r| {
        let x: Integer = r.eval("1:1000000000")?.try_into()?;
        let before = peak_vcells(r, || ());
        let peak = peak_vcells(r, || {
            assert_eq!(x.len(), 1_000_000_000);
            assert_eq!(x.get(999_999_999).unwrap(), Some(1_000_000_000));
            assert_eq!(x.iter().take(5000).map(|x| i64::from(x.unwrap())).sum::<i64>(), 12_502_500);
            let mut region = [RInt::NA; 4];
            assert_eq!(x.region(999_999_998, &mut region).unwrap(), 2);
            assert_eq!(region[..2], [RInt::from(Some(999_999_999)), RInt::from(Some(1_000_000_000))]);
            assert_eq!(x.region(1_000_000_000, &mut region).unwrap(), 0);
            assert!(matches!(x.region(1_000_000_001, &mut region), Err(Error::Index { .. })));
        });
        assert!(peak - before < 100.0, "4 GB would be expanded; R's heap grew by {} MB", peak - before);
        Ok(())
    })
    .unwrap();
}

#[test]
fn iterating_does_not_expand() {
    R::with(|r| {
        for (code, length) in [("1:10000000", 10_000_000_usize), ("seq(1, 1e7)", 10_000_000)] {
            let x = r.eval(code)?;
            let before = peak_vcells(r, || ());
            let mut sum = 0.0;
            let peak = peak_vcells(r, || {
                sum = match x.kind() {
                    Kind::Integer => {
                        Integer::from_ref(&x).unwrap().iter().map(|x| f64::from(x.unwrap())).sum()
                    }
                    _ => Double::from_ref(&x).unwrap().iter().map(|x| x.unwrap()).sum(),
                };
            });
            assert_eq!(sum, (length * (length + 1) / 2) as f64);
            assert!(peak - before < 20.0, "{code}: {} MB", peak - before);
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn iteration_agrees_with_the_slice() {
    R::with(|r| {
        let codes =
            ["1:5000", "5000:1", "c(3L, NA, 1L)", "integer()", "sort(c(3L, 1L, 2L))", "seq_len(1024)"];
        for code in codes {
            let x: Integer = r.eval(code)?.try_into()?;
            let walked: Vec<_> = x.iter().collect();
            let stepped: Vec<_> = x.iter().step_by(7).collect();
            let single: Vec<_> = (0..x.len()).map(|i| x.get(i).unwrap()).collect();
            let slice: Vec<_> = x.as_slice().iter().map(|x| x.get()).collect();
            assert_eq!(walked, slice, "{code}");
            assert_eq!(single, slice, "{code}");
            assert_eq!(stepped, slice.iter().copied().step_by(7).collect::<Vec<_>>(), "{code}");
            assert_eq!(x.iter().len(), x.len());
            assert_eq!(x.try_as_slice()?.len(), x.len());
        }
        let x: Complex = r.eval("complex(real = 1:3, imaginary = 0)")?.try_into()?;
        assert_eq!(x.get(2)?, Some(RComplex { re: 3.0, im: 0.0 }));
        assert!(matches!(x.get(3), Err(Error::Index { index: 3, length: 3, .. })));
        let x: Raw = r.eval("as.raw(1:3)")?.try_into()?;
        assert_eq!(x.get(0)?, Some(1));
        let x: Logical = r.eval("c(NA, TRUE)")?.try_into()?;
        assert_eq!(x.iter().collect::<Vec<_>>(), [None, Some(true)]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn long_vectors_count_right() {
    R::with(|r| {
        // A sequence longer than 2^31 - 1, which takes no memory.
        let x: Double = r.eval("seq_len(3e9)")?.try_into()?;
        assert_eq!(x.len(), 3_000_000_000);
        assert_eq!(x.get(2_999_999_999)?, Some(3e9));
        let mut region = [0.0; 3];
        assert_eq!(x.region(2_500_000_000, &mut region)?, 3);
        assert_eq!(region, [2_500_000_001.0, 2_500_000_002.0, 2_500_000_003.0]);
        assert_eq!(x.iter().nth(5000), Some(Some(5001.0)));
        assert!(matches!(x.get(3_000_000_000), Err(Error::Index { .. })));
        // Real memory, too: bytes, which are the cheapest; the pages are not touched.
        let bytes: Raw = r.eval("raw(2^31 + 10)")?.try_into()?;
        assert_eq!(bytes.len(), (1 << 31) + 10);
        assert_eq!(bytes.get((1 << 31) + 9)?, Some(0));
        assert_eq!(bytes.as_slice().len(), (1 << 31) + 10);
        Ok(())
    })
    .unwrap();
}

#[test]
fn na_and_nan_stay_apart() {
    R::with(|r| {
        let x: Double = r.eval("c(NA, NaN, 0/0, NA_real_ + 1)")?.try_into()?;
        let kinds: Vec<_> = x.iter().map(|x| x.map(f64::is_nan)).collect();
        assert_eq!(kinds, [None, Some(true), Some(true), None]);
        Ok(())
    })
    .unwrap();
}
