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

#[test]
fn data_of_every_kind() {
    let here = Sandbox::new();
    let data = "
        circle <- new.env(); circle$self <- circle
        dates <- data.frame(day = as.Date('2020-01-01') + 0:1, at = as.POSIXct(c(1, 2), origin = '1970-01-01'), took = as.difftime(c(1, 2), units = 'mins'))
        dates$broken <- as.POSIXlt(dates$at)
        dates$matrix <- matrix(1:4, 2)
        dates$inner <- data.frame(a = 1:2)
        deep <- list(a = list(b = list(c = list(d = list(e = list(f = list(g = list(h = 1))))))))
        duplicated <- list(a = 1, a = 2, 3)
        many <- as.list(stats::setNames(1:5000, paste0('n', 1:5000)))
        formula <- y ~ x
        call <- quote(f(x))
        symbol <- as.name('x')
        code <- expression(a, b)
        pairs <- pairlist(a = 1)
        nothing <- NULL
        empty <- data.frame()
        closure <- function(x, y) x
        native <- sum
        gaps <- factor(c('a', NA), exclude = NULL)
        damaged <- structure(c(1.5, 2), class = 'factor', levels = 'a')
        odd <- structure(list(1, 2), class = 'data.frame', names = c('x', 'y'), row.names = 1:3)
        S4 <- asS4(structure(list(1), class = 'k'))
        `a \"quoted\" name` <- 1i
        assign('\\u00e9t\\u00e9', c(a = '\\u00e9'))
        listmatrix <- matrix(list(1, 'a'), 1)
        raw <- as.raw(1:3)
    ";
    here.install("kinds", &[("R/a.R", "f <- function() 1\n"), ("data/kinds.R", data)]);
    let run = here.run(&["kinds", "--lib", "lib"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let rust = here.read("bindings/rust/kinds.rs");
    for line in [
        "pub fn circle(r: rb::R<'_>) -> rb::Result<rb::Environment<'_>>",
        "pub fn day(&self) -> rb::Result<&rb::Double<'r>>",
        "pub fn broken(&self) -> rb::Result<&rb::List<'r>>",
        "pub fn matrix(&self) -> rb::Result<&rb::Matrix<rb::Integer<'r>>>",
        "pub fn inner(&self) -> rb::Result<DatesInner<'r>>",
        "pub fn many(r: rb::R<'_>) -> rb::Result<rb::List<'_>>",
        "pub fn formula(r: rb::R<'_>) -> rb::Result<rb::Value<'_>>",
        "pub fn nothing(r: rb::R<'_>) -> rb::Result<rb::Value<'_>>",
        "pub fn closure(r: rb::R<'_>) -> rb::Result<rb::Function<'_>>",
        "pub fn gaps(r: rb::R<'_>) -> rb::Result<rb::Factor<'_>>",
        "pub fn listmatrix(r: rb::R<'_>) -> rb::Result<rb::List<'_>>",
        "pub fn été(r: rb::R<'_>) -> rb::Result<rb::Character<'_>>",
        "pub fn a_quoted_name(r: rb::R<'_>) -> rb::Result<rb::Complex<'_>>",
    ] {
        assert!(rust.contains(line), "{line}\n{rust}");
    }
}
