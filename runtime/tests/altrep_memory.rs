//! When owners are released, what it costs to lend memory, and what is written to files.

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ThreadId};

use rbindgen_runtime::altrep::StringSource;
use rbindgen_runtime::prelude::*;
use rbindgen_runtime::{BufferView, locate};

/// Runs one of the functions below as a program.
fn run(child: &str) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", child, "--nocapture", "--test-threads=1"]).env("RBINDGEN_TEST_CHILD", child);
    command.output().unwrap()
}

fn is_child(name: &str) -> bool {
    std::env::var_os("RBINDGEN_TEST_CHILD").is_some_and(|child| child == name)
}

fn line<'a>(output: &'a Output, key: &str) -> &'a str {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    let found = text.lines().find_map(|line| line.split_once(key).map(|(_, value)| value));
    found.unwrap_or_else(|| panic!("no {key} in {output:?}"))
}

fn environment(r: R<'_>) -> Environment<'_> {
    r.eval("new.env()").unwrap().try_into().unwrap()
}

/// Counts how often it is dropped, and remembers by whom.
struct Counted {
    elements: Vec<f64>,
    dropped: Arc<AtomicUsize>,
    by: std::sync::mpsc::Sender<ThreadId>,
    panics: bool,
}

impl AsRef<[f64]> for Counted {
    fn as_ref(&self) -> &[f64] {
        &self.elements
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.dropped.fetch_add(1, Ordering::Relaxed);
        let _ = self.by.send(thread::current().id());
        assert!(!self.panics, "a destructor that panics");
    }
}

#[test]
fn an_owner_is_dropped_once_when_r_collects_the_vector() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let (by, who) = std::sync::mpsc::channel();
    let owner =
        |panics| Counted { elements: vec![1.0, 2.0], dropped: dropped.clone(), by: by.clone(), panics };
    R::with(|r| {
        let env = environment(r);
        let x = Double::from_owner(r, owner(false))?;
        env.set("x", &*x)?;
        drop(x);
        r.eval("gc()")?;
        assert_eq!(dropped.load(Ordering::Relaxed), 0, "R has it");
        r.eval_in("y <- x[1]; rm(x); gc()", &env)?;
        assert_eq!(dropped.load(Ordering::Relaxed), 1);
        for _ in 0..3 {
            r.eval("gc()")?;
        }
        assert_eq!(dropped.load(Ordering::Relaxed), 1);
        // Also after R has made a copy of its own.
        let x = Double::from_owner(r, owner(false))?;
        // SAFETY: no slice is in use.
        unsafe { x.set_in_place(0, 5.0)? };
        r.eval("gc()")?;
        assert_eq!(dropped.load(Ordering::Relaxed), 1, "slices of the owner's memory may be in use");
        drop(x);
        r.eval("gc()")?;
        assert_eq!(dropped.load(Ordering::Relaxed), 2);
        // A panic in a destructor stops nothing.
        for _ in 0..10 {
            drop(Double::from_owner(r, owner(true))?);
        }
        r.eval("gc()")?;
        assert_eq!(dropped.load(Ordering::Relaxed), 12);
        assert_eq!(r.eval("1 + 1")?.to::<f64>()?, 2.0);
        Ok(())
    })
    .unwrap();
    assert!(who.try_iter().all(|id| id == thread::current().id()), "dropped by the thread that is inside R");
}

#[test]
fn a_handle_and_a_view_keep_the_owner() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let (by, _who) = std::sync::mpsc::channel();
    let view = R::with(|r| {
        let owner = Counted { elements: vec![1.0, 2.0], dropped: dropped.clone(), by, panics: false };
        BufferView::of(&Double::from_owner(r, owner)?.clone().into())
    })
    .unwrap();
    R::with(|r| r.eval("gc()").map(drop)).unwrap();
    assert_eq!(dropped.load(Ordering::Relaxed), 0);
    // SAFETY: the view keeps the vector, which keeps the owner.
    assert_eq!(unsafe { *view.pointer.cast::<f64>().add(1) }, 2.0);
    thread::spawn(move || drop(view)).join().unwrap();
    R::with(|r| r.eval("gc()").map(drop)).unwrap();
    assert_eq!(dropped.load(Ordering::Relaxed), 1);
}

#[test]
fn an_owner_may_hold_and_use_r_itself() {
    struct Holding(Global<Value<'static>>, Vec<f64>, Arc<AtomicUsize>);
    impl AsRef<[f64]> for Holding {
        fn as_ref(&self) -> &[f64] {
            &self.1
        }
    }
    impl Drop for Holding {
        fn drop(&mut self) {
            let sum = R::with(|r| r.function("base", "sum")?.call((self.0.get(r),))?.to::<f64>()).unwrap();
            self.2.fetch_add(sum as usize, Ordering::Relaxed);
        }
    }
    let sums = Arc::new(AtomicUsize::new(0));
    R::with(|r| {
        for _ in 0..100 {
            let held = r.eval("c(1, 2)")?.global();
            drop(Double::from_owner(r, Holding(held, vec![0.0], sums.clone()))?);
        }
        r.eval("gc()")?;
        assert_eq!(sums.load(Ordering::Relaxed), 300);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_finalizer_of_r_that_finds_the_vector_released_is_told_so() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let (by, _who) = std::sync::mpsc::channel();
    R::with(|r| {
        let env = environment(r);
        r.eval_in("said <- character()", &env)?;
        let owner = Counted { elements: vec![1.0, 2.0], dropped: dropped.clone(), by, panics: false };
        // The finalizer saves `e` and its vector, which has been finalized, or has yet to be, in the same collection.
        r.eval_in(
            "e <- new.env()
             reg.finalizer(e, function(e) saved <<- e)",
            &env,
        )?;
        let holder: Environment = env.get("e")?.unwrap().try_into()?;
        holder.set("x", Double::from_owner(r, owner)?)?;
        drop(holder);
        r.eval_in("rm(e); gc(); gc()", &env)?;
        assert_eq!(dropped.load(Ordering::Relaxed), 1);
        assert_eq!(r.eval_in("length(saved$x)", &env)?.to::<i32>()?, 0);
        let text: String =
            r.eval_in("paste(capture.output(.Internal(inspect(saved$x))), collapse = ' ')", &env)?.to()?;
        assert!(text.contains("released"), "{text}");
        let x: Double = r.eval_in("saved$x", &env)?.try_into()?;
        assert_eq!(x.as_slice(), []);
        assert_eq!(r.eval_in("sum(saved$x)", &env)?.to::<f64>()?, 0.0);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_source_of_strings_is_dropped_too() {
    struct Strings(Arc<AtomicUsize>);
    impl StringSource for Strings {
        fn len(&self) -> usize {
            2
        }
        fn get(&self, _: usize) -> Option<std::borrow::Cow<'_, str>> {
            Some("x".into())
        }
    }
    impl Drop for Strings {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
    let dropped = Arc::new(AtomicUsize::new(0));
    R::with(|r| {
        let x = Character::from_source(r, Strings(dropped.clone()))?;
        assert_eq!(x.get(0)?.as_deref(), Some("x"));
        r.eval("gc()")?;
        assert_eq!(dropped.load(Ordering::Relaxed), 0);
        drop(x);
        r.eval("gc()")?;
        assert_eq!(dropped.load(Ordering::Relaxed), 1);
        Ok(())
    })
    .unwrap();
}

#[test]
fn threads_may_make_and_drop_vectors() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let dropped = dropped.clone();
            thread::spawn(move || {
                for _ in 0..100 {
                    let (by, _) = std::sync::mpsc::channel();
                    let owner =
                        Counted { elements: vec![1.5; 100], dropped: dropped.clone(), by, panics: false };
                    let kept = R::with(|r| Ok(Value::from(Double::from_owner(r, owner)?).global())).unwrap();
                    let sum =
                        R::with(|r| r.function("base", "sum")?.call((kept.get(r),))?.to::<f64>()).unwrap();
                    assert_eq!(sum, 150.0);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    R::with(|r| r.eval("gc()").map(drop)).unwrap();
    assert_eq!(dropped.load(Ordering::Relaxed), 400);
}

/// The most memory that this process has had, in bytes.
fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

#[test]
fn child_sums_eighty_megabytes() {
    if is_child("child_sums_eighty_megabytes") {
        R::with(|r| {
            let sum = r.function("base", "sum")?;
            sum.call((1.0,))?;
            let x = Double::from_owner(r, vec![1.0; 10_000_000])?;
            let before = peak_memory();
            assert_eq!(sum.call((&*x,))?.to::<f64>()?, 1e7);
            println!("read={}", peak_memory() - before);
            // SAFETY: no slice is in use.
            unsafe { x.set_in_place(0, 2.0)? };
            println!("written={}", peak_memory() - before);
            Ok(())
        })
        .unwrap();
    }
}

#[test]
fn reading_costs_no_memory() {
    let output = run("child_sums_eighty_megabytes");
    let read: usize = line(&output, "read=").parse().unwrap();
    let written: usize = line(&output, "written=").parse().unwrap();
    assert!(read < 4 << 20, "{read} bytes");
    assert!(written > 70 << 20, "the measure sees a copy: {written} bytes");
}

#[test]
fn child_ends_with_live_vectors() {
    struct Loud(Vec<f64>);
    impl AsRef<[f64]> for Loud {
        fn as_ref(&self) -> &[f64] {
            &self.0
        }
    }
    impl Drop for Loud {
        fn drop(&mut self) {
            println!("dropped");
        }
    }
    if is_child("child_ends_with_live_vectors") {
        R::with(|r| {
            let env = r.global_env();
            env.set("x", Double::from_owner(r, Loud(vec![1.0]))?)?;
            env.set("s", Character::from_source(r, ["a"])?)?;
            r.eval("x + 1; s")?;
            println!("done=yes");
            Ok(())
        })
        .unwrap();
        std::process::exit(0);
    }
}

#[test]
fn the_end_of_the_process_is_quiet() {
    let output = run("child_ends_with_live_vectors");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(line(&output, "done="), "yes");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("dropped"), "{output:?}");
}

#[test]
fn files_hold_ordinary_vectors() {
    let folder = std::env::temp_dir().join(format!("rbindgen-altrep-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| -> PathBuf { folder.join(name) };
    let text = |path: &PathBuf| path.to_str().unwrap().to_owned();
    R::with(|r| {
        let env = environment(r);
        env.set("d", Double::from_owner(r, vec![1.5, NA_REAL])?)?;
        env.set("i", Integer::from_owner(r, vec![RInt::NA, RInt::from(Some(2))])?)?;
        env.set("l", Logical::from_owner(r, vec![RBool::TRUE, RBool::NA])?)?;
        env.set("c", Complex::from_owner(r, vec![RComplex { re: 1.0, im: 2.0 }, RComplex::NA])?)?;
        env.set("b", Raw::from_owner(r, vec![1, 255])?)?;
        env.set("s", Character::from_source(r, vec![Some("ü".to_owned()), None])?)?;
        env.set(
            "files",
            vec![text(&path("3.rds")), text(&path("2.rds")), text(&path("all.RData")), text(&path("raw"))],
        )?;
        r.eval_in(
            "names(d) <- c('p', 'q')
             x <- list(d = d, i = i, l = l, c = c, b = b, s = s, f = data.frame(i, s))
             saveRDS(x, files[1])
             saveRDS(x, files[2], version = 2)
             save(x, file = files[3])
             connection <- file(files[4], 'wb'); serialize(x, connection, xdr = FALSE); close(connection)
             stopifnot(identical(readRDS(files[1]), x), identical(unserialize(serialize(x, NULL)), x))",
            &env,
        )
        .map(drop)
    })
    .unwrap();
    // A plain R knows nothing of the classes.
    let script = "
        files <- commandArgs(TRUE)
        expected <- list(
            d = c(p = 1.5, q = NA), i = c(NA, 2L), l = c(TRUE, NA), c = c(1+2i, NA_complex_), b = as.raw(c(1, 255)),
            s = c('\\u00fc', NA), f = data.frame(i = c(NA, 2L), s = c('\\u00fc', NA)))
        options(warn = 2)
        load(files[3])
        connection <- file(files[4], 'rb')
        read <- list(readRDS(files[1]), readRDS(files[2]), x, unserialize(connection))
        for (one in read) stopifnot(identical(one, expected))
        inspected <- capture.output(for (one in read) for (v in one) .Internal(inspect(v)))
        stopifnot(!any(grepl('rbindgen', inspected)))
        cat('same')";
    let rscript = locate::find().unwrap().home.join("bin/Rscript");
    let output = Command::new(rscript)
        .args(["-e", script])
        .args(["3.rds", "2.rds", "all.RData", "raw"].map(path))
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "same", "{output:?}");
}
