//! Packages whose code stops, hangs, ends the process or prints: each costs itself and one message.

mod support;

use std::time::{Duration, Instant};

use support::{Sandbox, tree};

const MTCARS: (&str, &str) =
    ("data/cars.R", "cars <- data.frame(speed = c(1, NA), kind = factor(c('a', 'b')))\n");

#[test]
fn on_load_stops() {
    let here = Sandbox::new();
    here.install("stopper", &[("R/a.R", ".onLoad <- function(...) stop('not today')\n")]);
    here.write("bindings/rust/mod.rs", "old\n");
    let before = tree(&here.path("bindings"));
    let run = here.run(&["stopper", "datasets", "--lib", "lib"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("error[RB0202]: the package stopper does not load. R says: "),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("not today"));
    assert!(run.stderr.contains("datasets 4"), "the other package is still looked into: {}", run.stderr);
    assert_eq!(tree(&here.path("bindings")), before);
}

#[test]
fn on_load_hangs() {
    let here = Sandbox::new();
    here.install(
        "sleeper",
        &[("R/a.R", ".onLoad <- function(...) { message('going to sleep'); Sys.sleep(600) }\n")],
    );
    let start = Instant::now();
    let run = here.run(&["sleeper", "--lib", "lib", "--timeout", "2"]);
    assert_eq!(run.code, 2);
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(
        run.stderr.contains("error[RB0203]: looking into the package sleeper took more than 2 s"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("| going to sleep"), "{}", run.stderr);
}

#[test]
fn on_load_ends_the_process() {
    let here = Sandbox::new();
    here.install("killer", &[("R/a.R", ".onLoad <- function(...) tools::pskill(Sys.getpid(), 9L)\n")]);
    here.install("quitter", &[("R/a.R", ".onLoad <- function(...) quit('no', status = 0L)\n")]);
    let run = here.run(&["killer", "quitter", "--lib", "lib"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr
            .contains("error[RB0204]: R was killed by signal 9 while it looked into the package killer")
    );
    assert!(run.stderr.contains(
        "error[RB0204]: R ended itself with exit status 0 while it looked into the package quitter"
    ));
}

#[test]
fn on_load_prints_warns_and_draws() {
    let here = Sandbox::new();
    let code = ".onLoad <- function(...) { cat('noise\\n'); warning('careful'); options(warn = 2); graphics::plot(1) }\n";
    here.install("noisy", &[("R/a.R", code), MTCARS]);
    let run = here.run(&["noisy", "--lib", "lib", "--rust", "out"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "");
    assert!(here.read("out/noisy.rs").contains("pub enum CarsKind"));
    assert!(!here.path("Rplots.pdf").exists());
}

#[test]
fn data_without_lazy_data() {
    let here = Sandbox::new();
    let several = "one <- 1L\ntwo.b <- c(a = 1, b = 2)\n";
    here.install("folder", &[("R/a.R", "f <- function() 1\n"), MTCARS, ("data/several.R", several)]);
    let run = here.run(&["snapshot", "folder", "--lib", "lib", "-o", "s.json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let snapshot: serde_json::Value = serde_json::from_str(&here.read("s.json")).unwrap();
    let sets = snapshot["packages"][0]["datasets"].as_array().unwrap();
    let names: Vec<&str> = sets.iter().map(|set| set["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["cars", "one", "two.b"]);
    assert_eq!(sets[2]["file"], "several");
    assert_eq!(sets[0]["lazy"], false);
    assert_eq!(sets[0]["object"]["fields"][0]["object"]["missing"], 1);
}

#[test]
fn data_that_fails_to_load() {
    let here = Sandbox::new();
    here.install(
        "broken",
        &[("R/a.R", "f <- function() 1\n"), MTCARS, ("data/bad.R", "if (TRUE) bad <- 1\n")],
    );
    here.write("lib/broken/data/bad.R", "stop('spoilt')\n");
    let run = here.run(&["broken", "--lib", "lib", "--rust", "out"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("warning[RB0207]: the data set bad of the package broken does not load"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("spoilt"));
    assert!(here.read("out/broken.rs").contains("pub fn cars"));
}
