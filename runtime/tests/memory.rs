//! Handles keep their objects alive, on every thread, in any order.

use rbindgen_runtime::live_slots;
use rbindgen_runtime::prelude::*;

#[test]
fn objects_survive_collections_while_a_handle_lives() {
    R::with(|r| {
        let vectors: Vec<Double> =
            (0..5000).map(|i| Double::new(r, [f64::from(i)])).collect::<Result<_, Error>>()?;
        r.eval("for (i in 1:5) { x <- lapply(1:1000, function(i) rnorm(10)); gc() }")?;
        for (i, vector) in vectors.iter().enumerate() {
            assert_eq!(vector.as_slice(), [i as f64]);
        }
        // Released out of order, the slots are used again.
        let before = live_slots(r);
        let mut vectors = vectors;
        while vectors.len() > 1 {
            let middle = vectors.len() / 2;
            vectors.swap_remove(middle);
        }
        assert_eq!(live_slots(r), before - 4999);
        assert_eq!(vectors[0].as_slice(), [0.0]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn slots_come_back() {
    R::with(|r| {
        r.eval("1")?;
        let before = live_slots(r);
        for _ in 0..100 {
            let frame: DataFrame = r.eval("data.frame(x = 1:3, y = letters[1:3])")?.try_into()?;
            let _ = frame.column::<Integer>("x")?.to_vec();
            let _ = frame.column::<Double>("y").unwrap_err();
            let _ = r.eval("stop('no')").unwrap_err();
        }
        assert_eq!(live_slots(r), before);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_global_goes_to_other_threads() {
    let kept: Vec<_> = R::with(|r| {
        (0..100)
            .map(|i| Ok(Integer::new(r, [RInt::from(Some(i))])?.clone().to::<Value>()?.global()))
            .collect()
    })
    .unwrap();
    let threads: Vec<_> = kept
        .into_iter()
        .enumerate()
        .map(|(i, kept)| {
            std::thread::spawn(move || {
                let value = R::with(|r| kept.get(r).to::<i32>()).unwrap();
                assert_eq!(value, i as i32);
                drop(kept); // without the lock
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn threads_take_turns() {
    let threads: Vec<_> = (0..8)
        .map(|i| {
            std::thread::spawn(move || {
                for _ in 0..50 {
                    let sum = R::with(|r| r.eval(&format!("sum(seq_len({i}))"))?.to::<f64>()).unwrap();
                    assert_eq!(sum, f64::from(i * (i + 1) / 2));
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn r_may_be_entered_again_inside() {
    let x = R::with(|r| {
        let x = r.eval("c(1, 2)")?;
        let inner = R::with(|r| r.eval("sum(c(3, 4))")?.to::<f64>())?;
        Ok(x.to::<Vec<f64>>()?[0] + inner)
    });
    assert_eq!(x.unwrap(), 8.0);
}

#[test]
fn rust_sees_no_write_of_r_through_a_handle() {
    R::with(|r| {
        let env: Environment = r.eval("new.env()")?.try_into()?;
        r.eval_in("x <- c(1, 2, 3)", &env)?;
        let x: Double = env.get("x")?.unwrap().try_into()?;
        let slice = x.as_slice();
        r.eval_in("x[1] <- 99", &env)?;
        assert_eq!(slice, [1.0, 2.0, 3.0], "R duplicates what a handle refers to");
        assert_eq!(env.get("x")?.unwrap().to::<Vec<f64>>()?, [99.0, 2.0, 3.0]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn ten_million_handles_live_and_go_in_any_order() {
    let count = 10_000_000;
    R::with(|r| {
        let value = r.eval("c(1, 2)")?;
        let before = live_slots(r);
        let mut handles: Vec<Value> = Vec::with_capacity(count);
        handles.extend((0..count).map(|_| value.clone()));
        assert_eq!(live_slots(r), before + count);
        // Every third first, then backwards, then the rest.
        let mut index = 0;
        handles.retain(|_| {
            index += 1;
            index % 3 != 0
        });
        handles.truncate(count / 3);
        handles.clear();
        assert_eq!(live_slots(r), before);
        assert_eq!(value.to::<Vec<f64>>()?, [1.0, 2.0]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_view_of_shared_memory_leaves_slices_where_they_are() {
    R::with(|r| {
        // R wraps `x` where only an attribute of `y` is its own.
        let both: List = r
            .eval("local({ x <- as.numeric(1:200) + 0; y <- x; attr(y, 'a') <- 1; list(x, y) })")?
            .try_into()?;
        let (x, y): (Double, Double) = (both.get_as(0)?, both.get_as(1)?);
        let slice = y.as_slice();
        let view = rbindgen_runtime::BufferView::of(&y)?;
        assert_eq!(view.pointer.cast_const().cast(), slice.as_ptr());
        assert_eq!(
            view.read_only,
            slice.as_ptr() == x.as_slice().as_ptr(),
            "what is shared is not for writing"
        );
        drop((both, x));
        r.eval("for (i in 1:3) { gc(); lapply(1:100, function(i) rnorm(200)) }")?;
        assert_eq!(slice[199], 200.0);
        Ok(())
    })
    .unwrap();
}
