//! What R leaves behind, and where it starts: each check runs in a process of its own, which is this test binary again.

use std::path::Path;
use std::process::{Command, Output};

use rbindgen_runtime::prelude::*;

/// Runs one of the functions below as a program.
fn run(child: &str, prepare: impl FnOnce(&mut Command)) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", child, "--nocapture", "--test-threads=1"]).env("RBINDGEN_TEST_CHILD", child);
    prepare(&mut command);
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

#[test]
fn child_tells_its_session_folder() {
    if is_child("child_tells_its_session_folder") {
        let folder = R::with(|r| r.eval("writeLines('x', tempfile()); tempdir()")?.to::<String>()).unwrap();
        println!("folder={folder}");
    }
}

#[test]
fn the_session_folder_is_removed_at_exit() {
    let output = run("child_tells_its_session_folder", |_| {});
    let folder = line(&output, "folder=");
    assert!(folder.contains("Rtmp"), "{folder}");
    assert!(!Path::new(folder).exists(), "{folder} was left behind");
}

#[test]
fn child_forks() {
    if is_child("child_forks") {
        let folder = R::with(|r| r.eval("tempdir()")?.to::<String>()).unwrap();
        // SAFETY: the child only uses R, which this thread does not hold now, and ends.
        let pid = unsafe { libc::fork() };
        if pid == 0 {
            let sum = R::with(|r| r.eval("sum(1:4)")?.to::<i32>()).unwrap_or(0);
            // `exit`, not `_exit`: the handlers of the process run.
            std::process::exit(sum);
        }
        let mut status = 0;
        // SAFETY: `pid` is the child that was just made.
        unsafe { libc::waitpid(pid, &mut status, 0) };
        println!("status={}", libc::WEXITSTATUS(status));
        println!("alive={}", Path::new(&folder).exists());
    }
}

#[test]
fn a_forked_child_may_use_r_and_spares_the_session_folder() {
    let output = run("child_forks", |_| {});
    assert_eq!(line(&output, "status="), "10");
    assert_eq!(line(&output, "alive="), "true");
}

#[test]
fn child_plots() {
    if is_child("child_plots") {
        R::with(|r| r.eval("plot(1:3); hist(c(1, 2, 2)); invisible(dev.off())").map(drop)).unwrap();
    }
}

#[test]
fn plots_write_no_file() {
    let folder = std::env::temp_dir().join(format!("rbindgen-plots-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let output = run("child_plots", |command| {
        command.current_dir(&folder);
    });
    assert!(output.status.success(), "{output:?}");
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn child_starts_r() {
    if is_child("child_starts_r") {
        match R::with(|r| r.eval("paste0('R', getRversion())")?.to::<String>()) {
            Ok(version) => println!("version={version}"),
            Err(error) => println!("error={}", error.to_string().replace('\n', "|")),
        }
    }
}

#[test]
fn r_is_found_without_the_path() {
    let output = run("child_starts_r", |command| {
        command.env_remove("R_HOME").env("PATH", "");
    });
    assert!(line(&output, "version=").starts_with('R'));
}

#[test]
fn a_wrong_r_home_is_named() {
    let output = run("child_starts_r", |command| {
        command.env("R_HOME", "/nowhere/at/all");
    });
    let error = line(&output, "error=");
    assert!(error.contains("R_HOME is set to /nowhere/at/all") && error.contains("R RHOME"), "{error}");
}

#[test]
fn text_that_is_not_ascii_survives_the_c_locale() {
    let output = run("child_prints_text", |command| {
        command.env("LANG", "C").env_remove("LC_ALL").env_remove("LC_CTYPE");
    });
    assert_eq!(line(&output, "text="), "grün 統計");
}

#[test]
fn child_prints_text() {
    if is_child("child_prints_text") {
        R::with(|r| r.eval("cat('text=', 'gr\u{fc}n 統計', '\\n', sep = '')").map(drop)).unwrap();
    }
}
