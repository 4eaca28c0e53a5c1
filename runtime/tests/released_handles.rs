//! A handle that was dropped is gone as far as anybody can tell, though its slot is emptied later.

use rbindgen_runtime::prelude::*;

#[test]
fn objects_of_dropped_handles_are_collected_at_once() {
    R::with(|r| {
        let make = r.eval(
            "collected <- 0L
             function() {
                 made <- new.env()
                 reg.finalizer(made, function(made) collected <<- collected + 1L)
                 made
             }",
        )?;
        let make = Function::try_from(make)?;
        for count in [1, 7, 64, 100] {
            let before: i32 = r.eval("collected")?.to()?;
            let handles = (0..count).map(|_| make.call(())).collect::<Result<Vec<_>, _>>()?;
            r.eval("gc()")?;
            assert_eq!(r.eval("collected")?.to::<i32>()?, before);
            drop(handles);
            r.eval("gc()")?;
            assert_eq!(r.eval("collected")?.to::<i32>()?, before + count);
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_dropped_handle_does_not_make_a_vector_shared() {
    R::with(|r| {
        let mut x = Double::new(r, [1.0, 2.0])?;
        let memory = x.as_slice().as_ptr();
        let other = x.clone();
        drop(other);
        assert_eq!(x.as_mut_slice()?.as_ptr(), memory);
        Ok(())
    })
    .unwrap();
}

#[test]
fn handles_are_counted_and_their_slots_used_again() {
    R::with(|r| {
        let before = rbindgen_runtime::live_slots(r);
        let x = Double::new(r, [1.0])?;
        let handles = vec![x.clone(); 100];
        assert_eq!(rbindgen_runtime::live_slots(r), before + 101);
        for (index, handle) in handles.into_iter().enumerate() {
            drop(handle);
            assert_eq!(rbindgen_runtime::live_slots(r), before + 100 - index);
            // A slot that was just given back holds another object now.
            let again = r.eval(&index.to_string())?;
            assert_eq!(again.to::<f64>()?, index as f64);
            assert_eq!(x.get(0)?, Some(1.0));
        }
        Ok(())
    })
    .unwrap();
}
