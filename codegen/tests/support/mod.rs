//! The command in a folder of its own, and tiny R packages.

#![allow(dead_code)] // not every test file uses all of it

pub mod hostile;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder to work in.
pub struct Sandbox {
    folder: PathBuf,
    cache: PathBuf,
    /// What removes it.
    _temporary: Option<tempfile::TempDir>,
}

/// The tests remember together what is known about R's own packages.
fn shared_cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache")
}

/// What a run of the command did.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Sandbox {
    pub fn new() -> Sandbox {
        let temporary = tempfile::tempdir().unwrap();
        Sandbox { folder: temporary.path().to_owned(), cache: shared_cache(), _temporary: Some(temporary) }
    }

    /// A folder that stays.
    pub fn at(folder: &Path) -> Sandbox {
        std::fs::create_dir_all(folder).unwrap();
        Sandbox { folder: folder.to_owned(), cache: shared_cache(), _temporary: None }
    }

    /// With a cache of its own, in the folder `.cache`.
    pub fn with_cache() -> Sandbox {
        let mut here = Sandbox::new();
        here.cache = here.path(".cache");
        here
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The command, ready to be changed.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rbindgen"));
        command.current_dir(&self.folder).args(arguments).stdin(Stdio::null());
        command.env("RBINDGEN_CACHE", &self.cache);
        for variable in ["OUT_DIR", "RBINDGEN_OFFLINE", "R_LIBS"] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs the command here. The folder's own path appears as `[HERE]` in what it prints.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.finish(&mut self.command(arguments))
    }

    pub fn finish(&self, command: &mut Command) -> Run {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let here = self.folder.canonicalize().unwrap();
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).unwrap();
            text.replace(here.to_str().unwrap(), "[HERE]").replace(self.folder.to_str().unwrap(), "[HERE]")
        };
        let code = status.code().expect("the command is not ended by a signal");
        assert_ne!(code, 101, "a panic on user input");
        Run { code, stdout: text(stdout), stderr: text(stderr) }
    }

    /// Installs a package made of these files into the library `lib` below the folder.
    pub fn install(&self, name: &str, files: &[(&str, &str)]) {
        let source = format!("source/{name}");
        self.write(
            &format!("{source}/DESCRIPTION"),
            &format!("Package: {name}\nVersion: 1.0\nTitle: A Test\nDescription: For a test.\nAuthor: N\nMaintainer: N <n@n.n>\nLicense: MIT\n"),
        );
        self.write(&format!("{source}/NAMESPACE"), "exportPattern(\"^[a-z]\")\n");
        for (path, text) in files {
            self.write(&format!("{source}/{path}"), text);
        }
        let library = self.path("lib");
        std::fs::create_dir_all(&library).unwrap();
        let r = rbindgen_runtime::locate::find().expect("R is installed where the tests run");
        let output = Command::new(r.home.join("bin/R"))
            .args(["CMD", "INSTALL", "--no-docs", "--no-test-load", "--no-byte-compile", "-l"])
            .arg(&library)
            .arg(self.path(&source))
            .env("R_HOME", &r.home)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// A small snapshot without any need for R.
pub fn snapshot(packages: &[&str]) -> String {
    let packages: Vec<String> = packages
        .iter()
        .map(|name| {
            format!(
                "{{\"name\": \"{name}\", \"version\": \"1.0\", \"r_version\": \"4.2.2\", \"datasets\": \
                 [{{\"name\": \"x\", \"lazy\": true, \"object\": {{\"kind\": \"double\", \"length\": 3}}}}]}}"
            )
        })
        .collect();
    format!("{{\"schema\": 1, \"packages\": [{}]}}", packages.join(", "))
}

/// The files below a folder with their content, sorted.
pub fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.file_name().is_some_and(|name| name == ".cache") {
                // The sandbox's own.
            } else if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.clone(), std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
