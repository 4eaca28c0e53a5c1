//! Generated files in memory, written or compared at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use crate::diagnostics::Problem;
use crate::emit::{Files, MARK};

/// What is to be written where.
#[derive(Clone, Debug, Default)]
pub struct Output {
    files: BTreeMap<PathBuf, String>,
    /// The folders that belong to us: files of ours in them that are no longer generated are stale.
    folders: BTreeSet<PathBuf>,
}

/// What a run changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files whose content is new.
    pub written: Vec<PathBuf>,
    /// Files that were as they should be; they were not touched.
    pub unchanged: Vec<PathBuf>,
    /// Files of an earlier run that are no longer generated.
    pub removed: Vec<PathBuf>,
}

/// A file that is not what would be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The file.
    pub path: PathBuf,
    /// How it differs.
    pub kind: DriftKind,
}

/// How a file differs from what would be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriftKind {
    /// It is not there.
    Missing,
    /// It is from an earlier run and would be removed.
    Stale,
    /// Its content differs: the lines of a summary in the manner of `diff -u`.
    Changed(Vec<String>),
}

impl Output {
    /// Adds the files below `folder`.
    ///
    /// # Errors
    /// When a path is taken.
    pub fn add(&mut self, folder: &Path, files: Files) -> Result<(), Problem> {
        self.folders.insert(folder.to_owned());
        for (name, text) in files {
            let path = folder.join(name);
            if self.files.contains_key(&path) {
                return Err(Problem::PathTaken { path });
            }
            self.files.insert(path, text);
        }
        Ok(())
    }

    /// Single files in a folder that is not ours.
    pub fn file(folder: &Path, files: Files) -> Output {
        let files = files.into_iter().map(|(name, text)| (folder.join(name), text)).collect();
        Output { files, folders: BTreeSet::new() }
    }

    /// The files, by path.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.files.iter().map(|(path, text)| (path.as_path(), text.as_str()))
    }

    /// Writes what differs. All or nothing, as far as a file system allows: every new file lies complete beside its place
    /// before the first is moved there.
    ///
    /// # Errors
    /// When a file cannot be written; then nothing has been changed.
    pub fn write(&self) -> Result<Written, Problem> {
        let mut done = Written::default();
        let mut made = MadeFolders::default();
        let mut pending = Vec::new();
        for (path, text) in &self.files {
            let folder = path.parent().unwrap_or(Path::new("."));
            made.ensure(folder)?;
            if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
                done.unchanged.push(path.clone());
                continue;
            }
            if path.is_dir() {
                return Err(unwritable(path, &io::Error::from(io::ErrorKind::IsADirectory)));
            }
            if self.folders.contains(folder) && is_somebody_elses(path) {
                return Err(Problem::NotOurs { path: path.clone() });
            }
            let file = stage(folder, path, text).map_err(|error| unwritable(path, &error))?;
            pending.push((path, file));
        }
        for (path, file) in pending {
            file.persist(path).map_err(|error| unwritable(path, &error.error))?;
            done.written.push(path.clone());
        }
        made.keep();
        for path in self.stale() {
            fs::remove_file(&path).map_err(|error| unwritable(&path, &error))?;
            done.removed.push(path);
        }
        Ok(done)
    }

    /// What differs between the files and what would be written.
    pub fn check(&self) -> Vec<Drift> {
        let mut drift = Vec::new();
        for (path, text) in &self.files {
            let kind = match fs::read(path) {
                Ok(old) if old == text.as_bytes() => continue,
                Ok(old) => DriftKind::Changed(differences(&String::from_utf8_lossy(&old), text)),
                Err(_) => DriftKind::Missing,
            };
            drift.push(Drift { path: path.clone(), kind });
        }
        drift.extend(self.stale().into_iter().map(|path| Drift { path, kind: DriftKind::Stale }));
        drift.sort_by(|a, b| a.path.cmp(&b.path));
        drift
    }

    /// Files of ours, known by their header, that this output does not hold. Files without it are never touched.
    fn stale(&self) -> Vec<PathBuf> {
        let mut stale = Vec::new();
        for folder in &self.folders {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            let paths = entries.map(|entry| entry.path());
            stale.extend(paths.filter(|path| !self.files.contains_key(path) && is_ours(path)));
        }
        stale.sort();
        stale
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    Problem::Unwritable { path: path.to_owned(), reason: error.to_string() }
}

/// Writes `text` into a temporary file in `folder`; it has the permissions of an ordinary new file or of the one it replaces.
fn stage(folder: &Path, path: &Path, text: &str) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rbindgen-");
    #[cfg(unix)]
    let ordinary = {
        use std::os::unix::fs::PermissionsExt;
        fs::Permissions::from_mode(0o666)
    };
    #[cfg(unix)]
    builder.permissions(ordinary);
    if fs::metadata(path).is_ok_and(|old| old.permissions().readonly()) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    Ok(file)
}

/// Folders that were made for the output; they go again when the output fails.
#[derive(Default)]
struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    fn ensure(&mut self, folder: &Path) -> Result<(), Problem> {
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists()).collect();
        for path in missing.into_iter().rev() {
            fs::create_dir(path).map_err(|error| unwritable(path, &error))?;
            self.0.push(path.to_owned());
        }
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        Err(unwritable(folder, &io::Error::from(io::ErrorKind::NotADirectory)))
    }

    fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Whether there is a file that somebody wrote by hand. An empty one is nobody's work.
fn is_somebody_elses(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.len() > 0) && !is_ours(path)
}

/// Whether a file begins as ours do.
fn is_ours(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let comment = match extension {
        Some("rs") => "// ",
        Some("py" | "pyi") => "# ",
        _ => return false,
    };
    let Ok(file) = fs::File::open(path) else { return false };
    let mut line = Vec::new();
    // No more than a first line of ours can have.
    let read = io::BufReader::new(io::Read::take(file, 4096)).read_until(b'\n', &mut line);
    read.is_ok()
        && line.strip_prefix(comment.as_bytes()).is_some_and(|rest| rest.starts_with(MARK.as_bytes()))
}

/// The most lines of differences that are shown of a file.
const SHOWN: usize = 12;

/// The lines that differ between two texts, beginning with the first: a summary, not a patch.
fn differences(old: &str, new: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let mut out = vec![format!("@@ line {} @@", start + 1)];
    let half = SHOWN / 2;
    for (mark, lines) in [('-', old), ('+', new)] {
        out.extend(lines.iter().take(half).map(|line| format!("{mark}{line}")));
        if lines.len() > half {
            out.push(format!("{mark} … {} more", lines.len() - half));
        }
    }
    if old.is_empty() && new.is_empty() {
        out.push("the ends of lines differ".to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(folder: &Path, files: &[(&str, &str)]) -> Output {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let mut output = Output::default();
        output.add(folder, files).unwrap();
        output
    }

    #[test]
    fn only_what_differs_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("a/b");
        let ours = |line: &str| format!("// {MARK}0.0.1\n{line}\n");
        let first = output(&below, &[("x.rs", &ours("1")), ("y.rs", &ours("2"))]);
        assert_eq!(first.check().len(), 2);
        assert_eq!(first.write().unwrap().written.len(), 2);
        assert!(first.check().is_empty());
        let before = fs::metadata(below.join("x.rs")).unwrap().modified().unwrap();
        let second = output(&below, &[("x.rs", &ours("1")), ("y.rs", &ours("3"))]);
        let drift = second.check();
        assert_eq!(
            drift[0].kind,
            DriftKind::Changed(["@@ line 2 @@", "-2", "+3"].map(str::to_owned).to_vec())
        );
        let done = second.write().unwrap();
        assert_eq!((done.written.len(), done.unchanged.len()), (1, 1));
        assert_eq!(fs::metadata(below.join("x.rs")).unwrap().modified().unwrap(), before);
    }

    #[test]
    fn stale_files_of_ours_go_and_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join("old.py");
        fs::write(&old, format!("# {MARK}0.0.1 from x\n")).unwrap();
        fs::write(folder.path().join("mine.py"), "print()\n").unwrap();
        let output = output(folder.path(), &[("new.py", "x = 1\n")]);
        assert!(output.check().contains(&Drift { path: old.clone(), kind: DriftKind::Stale }));
        let removed = output.write().unwrap().removed;
        assert!(removed == [&*old] && !old.exists() && folder.path().join("mine.py").exists());
    }

    #[test]
    fn a_failure_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let old = format!("// {MARK}0.0.1\nold\n");
        fs::write(folder.path().join("a.rs"), &old).unwrap();
        fs::create_dir(folder.path().join("b.rs")).unwrap();
        let output = output(folder.path(), &[("a.rs", "new\n"), ("b.rs", "new\n")]);
        assert!(matches!(output.write(), Err(Problem::Unwritable { .. })));
        assert_eq!(fs::read_to_string(folder.path().join("a.rs")).unwrap(), old);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_file_that_is_not_ours_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b.rs"), "fn mine() {}\n").unwrap();
        fs::write(folder.path().join("py.typed"), "").unwrap();
        let output = output(folder.path(), &[("a.rs", "new\n"), ("b.rs", "new\n"), ("py.typed", "")]);
        assert!(matches!(output.write(), Err(Problem::NotOurs { .. })));
        assert_eq!(fs::read_to_string(folder.path().join("b.rs")).unwrap(), "fn mine() {}\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_file_in_the_way_of_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let below = folder.path().join("file/rust");
        let failed = output(&below, &[("a.rs", "")]).write();
        assert!(matches!(failed, Err(Problem::Unwritable { .. })), "{failed:?}");
    }

    #[test]
    fn a_path_is_taken_once() {
        let mut output = output(Path::new("x"), &[("a", "")]);
        assert!(output.add(Path::new("x"), [("a".to_owned(), String::new())].into()).is_err());
    }
}
