//! What decides what is found about a package, as text that can be compared.
//!
//! It is made without R: from the files of the package and of those that it depends on, from R's own, from the environment. Where that
//! could mislead there is no key, and R is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rbindgen_runtime::locate::Installation;

/// A text that differs between any two builds of this crate whose code differs.
pub const BUILD: &str = env!("RBINDGEN_BUILD");

/// The folders of a package whose files are looked at, by R or by us.
const FOLDERS: &[&str] = &["Meta", "R", "data", "help", "libs"];

/// What is the same for all packages: this program, R, the environment.
pub fn of_machine(r: &Installation, libraries: &[PathBuf]) -> String {
    let mut key = format!("{BUILD}\nR {} {}\n", r.version, r.home.display());
    for file in
        ["bin/exec/R", "library/base/DESCRIPTION", "etc/Renviron", "etc/Renviron.site", "etc/Rprofile.site"]
    {
        note(&mut key, &r.home.join(file));
    }
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // "Initialization at Start of an R Session": ?Startup.
    let user = variable("R_ENVIRON_USER").into_iter().chain([PathBuf::from(".Renviron")]);
    let user = user.chain(variable("HOME").map(|home| home.join(".Renviron")));
    for file in user.chain(variable("R_ENVIRON")).chain(variable("R_PROFILE")) {
        note(&mut key, &file);
    }
    let mut variables: Vec<(String, String)> = std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
        // What R sets for processes that it starts itself is another each time.
        .filter(|(name, _)| name.starts_with("R_") && name != "R_SESSION_TMPDIR" || name.starts_with("LC_"))
        .collect();
    for name in ["LANG", "HOME", "TZ"] {
        variables.extend(variable(name).map(|value| (name.to_owned(), value.to_string_lossy().into_owned())));
    }
    variables.sort();
    for (name, value) in variables {
        let _ = writeln!(key, "{name}={value}");
    }
    for library in libraries {
        let _ = writeln!(key, "library {}", library.display());
    }
    key
}

/// The folders in which packages are, in the order in which R looks; and what each file there is like, looked at once.
#[derive(Debug)]
pub struct Libraries {
    folders: Vec<PathBuf>,
}

impl Libraries {
    pub fn new(folders: Vec<PathBuf>) -> Libraries {
        Libraries { folders }
    }

    /// Where the package is.
    pub fn find(&self, package: &str) -> Option<PathBuf> {
        let folders = self.folders.iter().map(|library| library.join(package));
        folders.into_iter().find(|path| path.join("DESCRIPTION").is_file())
    }

    /// The state of the package and of all that it depends on; none where it is not installed.
    pub fn state(&self, package: &str) -> Option<String> {
        let path = self.find(package)?;
        let mut key = format!("package {}\n", path.display());
        note(&mut key, &path.join("DESCRIPTION"));
        note(&mut key, &path.join("NAMESPACE"));
        for folder in FOLDERS {
            note_all(&mut key, &path.join(folder), 0)?;
        }
        for (name, path) in self.closure(package) {
            match path {
                Some(path) => {
                    note(&mut key, &path.join("DESCRIPTION"));
                    note(&mut key, &path.join("Meta/package.rds"));
                }
                None => {
                    let _ = writeln!(key, "{name} is not there");
                }
            }
        }
        Some(key)
    }

    /// Whether it is one of those that R itself consists of.
    pub fn is_base(&self, package: &str) -> bool {
        let path = self.find(package).map(|path| path.join("DESCRIPTION"));
        let text = path.and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
        String::from_utf8_lossy(&text).lines().any(|line| line == "Priority: base")
    }

    /// The size of its code.
    pub fn code(&self, package: &str) -> u64 {
        let file = self.find(package).map(|path| path.join("R").join(format!("{package}.rdb")));
        file.and_then(|file| file.metadata().ok()).map_or(0, |file| file.len())
    }

    /// About how much there is to look at.
    pub fn weight(&self, package: &str) -> u64 {
        let Some(path) = self.find(package) else { return 0 };
        let size = |file: PathBuf| file.metadata().map_or(0, |file| file.len());
        ["R", "help", "data"]
            .map(|folder| size(path.join(folder).join(format!("{package}.rdb"))))
            .iter()
            .sum()
    }

    /// The packages that are loaded with this one, wherever they are.
    pub fn closure(&self, package: &str) -> BTreeMap<String, Option<PathBuf>> {
        let mut found = BTreeMap::new();
        let mut open = vec![package.to_owned()];
        while let Some(name) = open.pop() {
            if found.contains_key(&name) {
                continue;
            }
            let path = self.find(&name);
            let text = path.as_ref().and_then(|path| std::fs::read(path.join("DESCRIPTION")).ok());
            open.extend(text.iter().flat_map(|text| needs(&String::from_utf8_lossy(text))));
            found.insert(name, path);
        }
        found.remove(package);
        found
    }
}

/// The packages that a DESCRIPTION says are loaded with it ("Writing R Extensions", 1.1.3).
fn needs(description: &str) -> BTreeSet<String> {
    let mut needs = BTreeSet::new();
    let mut inside = false;
    for line in description.lines() {
        let text = if line.starts_with([' ', '\t']) {
            line
        } else {
            let Some((field, text)) = line.split_once(':') else { continue };
            inside = matches!(field, "Depends" | "Imports");
            text
        };
        if inside {
            let names = text.split(',').map(|one| one.split(['(', ' ', '\t']).find(|word| !word.is_empty()));
            needs.extend(names.flatten().filter(|name| *name != "R").map(str::to_owned));
        }
    }
    needs.retain(|name| name.bytes().all(|one| one.is_ascii_alphanumeric() || one == b'.'));
    needs
}

/// Adds size and time of a file.
fn note(key: &mut String, file: &Path) {
    let state = file.metadata().ok().map(|state| {
        let time = state.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        (state.len(), time.map_or(0, |time| time.as_nanos()))
    });
    let _ = match state {
        Some((size, time)) => writeln!(key, "{} {size} {time}", file.display()),
        None => writeln!(key, "{} is not there", file.display()),
    };
}

/// Adds the files below a folder. There may be none; a folder that cannot be read leaves no key.
fn note_all(key: &mut String, folder: &Path, depth: usize) -> Option<()> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Some(()),
        Err(_) => return None,
    };
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().ok()?;
    paths.sort();
    for path in paths {
        if path.is_dir() && depth < 4 {
            note_all(key, &path, depth + 1)?;
        } else {
            note(key, &path);
        }
    }
    Some(())
}

/// A number for a text.
pub fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_description_needs() {
        let text = "Package: x\nDepends: R (>= 3.5), methods\nImports: stats, utils,\n    MASS (>= 7),lattice\nSuggests: knitr\n";
        let needs: Vec<String> = needs(text).into_iter().collect();
        assert_eq!(needs, ["MASS", "lattice", "methods", "stats", "utils"]);
    }

    #[test]
    fn every_change_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let libraries = Libraries::new(vec![folder.path().join("a"), folder.path().join("b")]);
        assert_eq!(libraries.state("p"), None);
        write("b/p/DESCRIPTION", "Package: p\nImports: q\n");
        let mut before = libraries.state("p").unwrap();
        let mut changes = |what: &str| {
            let after = libraries.state("p").unwrap();
            assert_ne!(before, after, "{what}");
            before = after;
        };
        write("b/p/R/p.rdb", "one");
        changes("a file that came");
        write("b/p/R/p.rdb", "other");
        changes("a file of another size");
        let file = std::fs::File::options().write(true).open(folder.path().join("b/p/R/p.rdb")).unwrap();
        file.set_modified(UNIX_EPOCH).unwrap();
        changes("a file of another time");
        write("a/q/DESCRIPTION", "Package: q\nDepends: r\n");
        changes("a package that it needs");
        write("b/r/DESCRIPTION", "Package: r\n");
        changes("a package that this one needs");
        write("a/p/DESCRIPTION", "Package: p\n");
        changes("a package in a library that is searched before");
    }
}
