//! What is remembered between runs: a second run says the same without R, and everything that could change the answer is seen.

mod support;

use std::path::{Path, PathBuf};

use support::{Run, Sandbox};

const CODE: (&str, &str) = ("R/a.R", "f <- function(x = 1L, ...) utils::head(x, ...)\n");
const DATA: (&str, &str) =
    ("data/cars.R", "cars <- data.frame(speed = c(1, NA), kind = factor(c('a', 'b')))\n");

/// Looks into a package of the sandbox. Nothing is asked that would have all of R's own packages studied.
fn generate(here: &Sandbox, package: &str, output: &str) -> Run {
    here.run(&[package, "--lib", "lib", "--python", output])
}

/// The entries of a package.
fn entries(here: &Sandbox, package: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(here.path(".cache").join(package))
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    found.sort();
    found
}

/// Whether the package has entries that `work` leaves as they are: what is made anew is written anew.
fn is_remembered(here: &Sandbox, package: &str, work: impl FnOnce()) -> bool {
    let files = entries(here, package);
    let times = |files: &[PathBuf]| -> Vec<_> {
        files.iter().map(|file| file.metadata().and_then(|one| one.modified()).ok()).collect()
    };
    let before = times(&files);
    work();
    !files.is_empty() && times(&files) == before
}

fn touch(file: &Path) {
    let file = std::fs::File::options().append(true).open(file).unwrap();
    file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(5)).unwrap();
}

#[test]
fn a_second_run_says_the_same() {
    let here = Sandbox::with_cache();
    let bad = ("data/bad.R", "if (TRUE) bad <- 1\n");
    here.install("kept", &[CODE, DATA, bad]);
    here.write("lib/kept/data/bad.R", "stop('spoilt')\n");
    let first = generate(&here, "kept", "one");
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(first.stderr.contains("spoilt"));
    assert!(is_remembered(&here, "kept", || {
        let second = generate(&here, "kept", "two");
        assert_eq!(second.stderr.replace("two/", "one/"), first.stderr, "warnings are said again");
    }));
    assert_eq!(here.read("one/kept.py"), here.read("two/kept.py"));
    let without = here.run(&["kept", "--lib", "lib", "--python", "three", "--no-cache"]);
    assert_eq!(without.code, 0, "{}", without.stderr);
    assert_eq!(here.read("one/kept.py"), here.read("three/kept.py"));
    let types =
        |arguments: &[&str]| here.run(&[&["types", "kept", "--lib", "lib"], arguments].concat()).stdout;
    let first = types(&[]);
    assert!(first.contains("`f`"), "{first}");
    assert!(is_remembered(&here, "kept", || assert_eq!(types(&[]), first)));
}

#[test]
fn what_changes_is_looked_into_again() {
    let here = Sandbox::with_cache();
    here.install("changing", &[CODE, DATA]);
    assert_eq!(generate(&here, "changing", "s").code, 0);
    let again = || !is_remembered(&here, "changing", || assert_eq!(generate(&here, "changing", "s").code, 0));
    assert!(!again());
    touch(&here.path("lib/changing/R/changing.rdb"));
    assert!(again(), "the time of its code");
    assert!(!again());
    here.install("changing", &[CODE, ("data/cars.R", "cars <- data.frame(pace = 1)\n")]);
    assert!(again(), "another version");
    assert!(here.read("s/changing.py").contains("pace"));
    here.write("lib/changing/data/new.R", "new <- 1\n");
    assert!(again(), "a file that came");
    let other = |run: &mut std::process::Command| {
        run.env("LC_ALL", "C.UTF-8").env("TZ", "Asia/Tokyo").output().unwrap()
    };
    assert!(!is_remembered(&here, "changing", || {
        let arguments = ["changing", "--lib", "lib", "--python", "s"];
        assert!(other(&mut here.command(&arguments)).status.success());
    }));
}

#[test]
fn damaged_entries_are_absent() {
    let here = Sandbox::with_cache();
    here.install("damaged", &[CODE, DATA]);
    assert_eq!(generate(&here, "damaged", "one").code, 0);
    for file in entries(&here, "damaged").into_iter().chain(entries(&here, "libraries")) {
        let mut bytes = std::fs::read(&file).unwrap();
        let middle = bytes.len() - 20;
        bytes[middle] ^= 1;
        std::fs::write(&file, bytes).unwrap();
    }
    let run = generate(&here, "damaged", "two");
    assert_eq!(
        (run.code, here.read("one/damaged.py") == here.read("two/damaged.py")),
        (0, true),
        "{}",
        run.stderr
    );
    for file in entries(&here, "damaged") {
        std::fs::write(&file, "").unwrap();
    }
    assert_eq!(generate(&here, "damaged", "two").code, 0);
    assert!(is_remembered(&here, "damaged", || assert_eq!(generate(&here, "damaged", "two").code, 0)));
}

#[test]
fn a_cache_that_cannot_be_written_is_none() {
    let here = Sandbox::with_cache();
    here.install("unkept", &[CODE]);
    here.write(".cache", "a file where a folder should be");
    let run = generate(&here, "unkept", "one");
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn several_processes_share_it() {
    let here = Sandbox::with_cache();
    here.install("shared", &[CODE, DATA]);
    let run = |number: usize| {
        let output = number.to_string();
        here.command(&["shared", "datasets", "--lib", "lib", "--python", &output]).spawn().unwrap()
    };
    let mut running: Vec<_> = (0..4).map(run).collect();
    for process in &mut running {
        assert!(process.wait().unwrap().success());
    }
    let first = here.read("0/shared.py");
    assert!((1..4).all(|number| here.read(&format!("{number}/shared.py")) == first));
    assert_eq!(entries(&here, "shared").len(), 1, "nothing unfinished is left");
}

#[test]
fn a_package_that_ends_its_process_costs_only_itself() {
    let here = Sandbox::with_cache();
    here.install("killer", &[("R/a.R", ".onLoad <- function(...) tools::pskill(Sys.getpid(), 9L)\n")]);
    here.install("first", &[CODE, DATA]);
    here.install("second", &[("R/a.R", "g <- function() loadedNamespaces()\n"), DATA]);
    let run = here.run(&["first", "killer", "second", "datasets", "--lib", "lib"]);
    assert_eq!(run.code, 2);
    for line in ["first 1.0: ", "second 1.0: ", "datasets 4"] {
        assert!(run.stderr.contains(line), "{line}: {}", run.stderr);
    }
    assert!(
        run.stderr.contains("R was killed by signal 9 while it looked into the package killer"),
        "{}",
        run.stderr
    );
}
