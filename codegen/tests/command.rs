//! The command from outside: what it writes, its exit codes, and one clear message for each kind of bad input.

mod support;

use std::process::{Command, Stdio};

use insta::assert_snapshot;
use support::{Run, Sandbox, snapshot, tree};

fn failed(run: &Run) -> &str {
    assert_eq!(run.code, 2, "{}", run.stderr);
    run.stderr.trim_end()
}

#[test]
fn datasets_end_to_end() {
    let here = Sandbox::new();
    let run = here.run(&["datasets"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.starts_with("datasets "), "{}", run.stderr);
    let rust = here.read("bindings/rust/datasets.rs");
    let python = here.read("bindings/python/datasets.pyi");
    assert!(rust.contains("pub fn mtcars(r: rb::R<'_>) -> rb::Result<Mtcars<'_>>"));
    assert!(python.contains("\nmtcars: Mtcars\n"));
    assert!(!rust.contains(here.path("").to_str().unwrap()));
    // Every row of data() is there, in both languages.
    let r = rbindgen_runtime::locate::find().unwrap();
    let listed = Command::new(r.program())
        .envs(r.child_env())
        .args([
            "--no-echo",
            "--no-restore",
            "-e",
            "cat(utils::data(package='datasets')$results[,'Item'],sep='\\n')",
        ])
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.lines().count() >= 104);
    for row in listed.lines() {
        let name = row.split(' ').next().unwrap();
        assert!(rust.contains(&format!("rb::dataset(r, \"datasets\", \"{name}\")")), "{name}");
        assert!(here.read("bindings/python/datasets.py").contains(&format!(": (\"{name}\", ")), "{name}");
    }
    // A second run touches nothing, a change is found, and the next run mends it.
    let again = here.run(&["datasets"]);
    assert!(again.stderr.ends_with("everything is up to date\n"), "{}", again.stderr);
    assert_eq!(here.run(&["check", "datasets"]).code, 0);
    let generated = here.read("bindings/rust/mod.rs");
    here.write("bindings/rust/mod.rs", &generated.replace("pub mod", "mod"));
    let drift = here.run(&["check", "datasets"]);
    assert_eq!(drift.code, 1);
    assert!(
        drift.stdout.starts_with("changed: bindings/rust/mod.rs\n    @@ line 4 @@\n    -mod datasets;\n")
    );
    assert_eq!(here.run(&["datasets", "--quiet"]).stderr, "");
    assert_eq!(here.run(&["check", "datasets"]).code, 0);
}

#[test]
fn a_file_that_somebody_wrote_is_left_alone() {
    let here = Sandbox::new();
    here.write("src/mod.rs", "fn mine() {}\n");
    let run = here.run(&["datasets", "--quiet", "--rust", "src", "--python", "python"]);
    assert_snapshot!(failed(&run), @r"
    error[RB0603]: src/mod.rs is there and was not generated
      help: nothing was changed; move it away, or choose a folder of its own for the bindings
    ");
    assert_eq!(here.read("src/mod.rs"), "fn mine() {}\n");
    assert!(!here.path("src/datasets.rs").exists() && !here.path("python").exists());
}

#[test]
fn a_snapshot_is_stable_and_replaces_r() {
    let here = Sandbox::new();
    assert_eq!(here.run(&["snapshot", "datasets", "-o", "a.json"]).code, 0);
    assert_eq!(here.run(&["snapshot", "datasets", "-o", "b.json"]).code, 0);
    assert_eq!(here.read("a.json"), here.read("b.json"));
    assert_eq!(here.run(&["datasets", "--rust", "live"]).code, 0);
    let mut offline = here.command(&["--from", "a.json", "--rust", "recorded"]);
    let offline = offline.env("R_HOME", "/nowhere").env("PATH", "").env("RBINDGEN_OFFLINE", "1");
    assert_eq!(here.finish(offline).code, 0);
    assert_eq!(here.read("live/datasets.rs"), here.read("recorded/datasets.rs"));
}

#[test]
fn in_a_build_script() {
    let here = Sandbox::new();
    here.write("s.json", &snapshot(&["foo"]));
    let run = here.finish(here.command(&["--from", "s.json"]).env("OUT_DIR", here.path("out")));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(here.read("out/rbindgen/mod.rs").contains("pub mod foo;"));
    assert!(run.stdout.contains("cargo::rerun-if-changed=s.json\n"), "{}", run.stdout);
    assert!(run.stdout.contains("cargo::rerun-if-env-changed=R_HOME\n"));
}

#[test]
fn the_options_of_a_file() {
    let here = Sandbox::new();
    here.write("s.json", &snapshot(&["foo"]));
    here.write("rbindgen.toml", "from = 's.json'\npython = 'py'\n");
    assert_eq!(here.run(&[]).code, 0);
    assert!(here.path("py/foo.pyi").exists() && !here.path("bindings").exists());
    assert_eq!(here.run(&["check"]).code, 0);
}

#[test]
fn json() {
    let here = Sandbox::new();
    here.write("s.json", &snapshot(&["foo"]));
    assert_snapshot!(here.run(&["--from", "s.json", "--rust", "r", "--format", "json"]).stdout);
    let run = here.run(&["--from", "s.json", "bar", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (2, ""));
    assert_snapshot!(run.stdout);
}

#[test]
fn completions_and_closed_pipes() {
    let here = Sandbox::new();
    assert!(here.run(&["completions", "bash"]).stdout.contains("_rbindgen"));
    let mut child = here.command(&["completions", "zsh"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn wrong_use() {
    let here = Sandbox::new();
    assert_eq!(here.run(&["--no-such-flag"]).code, 2);
    assert_eq!(here.run(&[]).code, 2);
    assert_snapshot!(failed(&here.run(&["check"])));
    assert_eq!(here.run(&["--help"]).code, 0);
}

#[test]
fn an_unknown_package() {
    let here = Sandbox::new();
    here.write("bindings/rust/mod.rs", "old\n");
    let before = tree(&here.path(""));
    let run = here.run(&["datsets", "stats"]);
    let message = failed(&run);
    assert!(
        message.contains("error[RB0201]: the R package datsets is not installed. Libraries searched:\n  - ")
    );
    assert!(message.ends_with("help: did you mean datasets?"), "{message}");
    assert_eq!(tree(&here.path("")), before);
    let run = here.run(&["../x;y"]);
    assert!(failed(&run).ends_with("names of R packages are letters, digits and dots"), "{}", run.stderr);
}

#[test]
fn no_r() {
    let here = Sandbox::new();
    let run = here.finish(here.command(&["datasets"]).env("R_HOME", here.path("none")));
    assert_snapshot!(failed(&run));
}

#[test]
fn an_old_r() {
    let here = Sandbox::new();
    let library = if cfg!(target_os = "macos") { "libR.dylib" } else { "libR.so" };
    here.write(&format!("old/lib/{library}"), "");
    here.write("old/library/base/DESCRIPTION", "Package: base\nVersion: 4.1.3\n");
    let run = here.finish(here.command(&["datasets"]).env("R_HOME", here.path("old")));
    assert_snapshot!(failed(&run));
}

#[test]
fn offline() {
    let here = Sandbox::new();
    assert_snapshot!(failed(&here.finish(here.command(&["datasets"]).env("RBINDGEN_OFFLINE", "1"))));
}

#[test]
fn an_output_folder_that_cannot_be_written() {
    let here = Sandbox::new();
    here.write("s.json", &snapshot(&["foo"]));
    here.write("file", "");
    let before = tree(&here.path(""));
    assert_snapshot!(failed(&here.run(&["--from", "s.json", "--python", "py", "--rust", "file/rust"])));
    assert_eq!(tree(&here.path("")), before);
}

#[test]
fn modules_that_collide() {
    let here = Sandbox::new();
    here.write("s.json", &snapshot(&["foo.bar", "foo_bar"]));
    assert_snapshot!(failed(&here.run(&["--from", "s.json"])));
    assert!(!here.path("bindings").exists());
}

#[test]
fn snapshots_that_are_none() {
    let here = Sandbox::new();
    here.write("cut.json", "{\n  \"schema\": 1,\n  \"packages\": [\n");
    assert_snapshot!("malformed_snapshot", failed(&here.run(&["--from", "cut.json"])));
    here.write("new.json", "{\"schema\": 99, \"packages\": 1}");
    assert_snapshot!("newer_snapshot", failed(&here.run(&["--from", "new.json"])));
    assert_snapshot!("missing_snapshot", failed(&here.run(&["--from", "none.json"])));
    here.write("s.json", &snapshot(&["foo"]));
    assert_snapshot!("not_in_snapshot", failed(&here.run(&["--from", "s.json", "bar"])));
}

#[test]
fn a_key_that_is_unknown() {
    let here = Sandbox::new();
    here.write("rbindgen.toml", "packages = ['datasets']\npyhton = 'x'\n");
    assert_snapshot!(failed(&here.run(&[])));
}

#[test]
fn a_library_that_is_not_there() {
    let here = Sandbox::new();
    assert_snapshot!(failed(&here.run(&["datasets", "--lib", "none"])));
}
