//! A folder of entries on disk.
//!
//! An entry is a file that is written whole under another name and renamed, so that several processes can share the folder. It
//! carries the text of its key, and a checksum: whatever is not as it was written counts as not there.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use flate2::Crc;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The first bytes of every entry.
const MAGIC: &[u8] = b"rbindgen cache 1\n";

/// How many installations of one package are kept: the same name in several libraries, several versions of R.
const MOST_SLOTS: usize = 4;

/// The variable that names the folder; empty for no cache.
const VARIABLE: &str = "RBINDGEN_CACHE";

/// The entries below a folder, or a store that keeps nothing.
#[derive(Clone, Debug)]
pub struct Store {
    folder: Option<PathBuf>,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The package, or what else there is one folder for.
    pub name: &'a str,
    /// Which of several with this name.
    pub slot: u64,
    /// What about it: `package`, `types`.
    pub kind: &'static str,
}

impl Store {
    /// The store in this folder, which need not exist.
    pub fn new(folder: impl Into<PathBuf>) -> Store {
        Store { folder: Some(folder.into()) }
    }

    /// A store that keeps nothing.
    pub fn nowhere() -> Store {
        Store { folder: None }
    }

    /// The user's: `RBINDGEN_CACHE`, or `rbindgen` in the folder for caches; where there is no such folder, nothing is kept.
    pub fn of_user() -> Store {
        let folder = |variable: &str| std::env::var_os(variable).map(PathBuf::from);
        let folder = match folder(VARIABLE) {
            Some(folder) => Some(folder).filter(|folder| !folder.as_os_str().is_empty()),
            // "XDG Base Directory Specification": relative paths are to be ignored.
            None => folder("XDG_CACHE_HOME")
                .filter(|path| path.is_absolute())
                .or_else(|| folder("HOME").filter(|path| path.is_absolute()).map(|home| home.join(".cache")))
                .map(|caches| caches.join("rbindgen")),
        };
        Store { folder }
    }

    /// The value of an entry, if it is there and was written under this key.
    pub fn get<T: DeserializeOwned>(&self, place: Place<'_>, key: &str) -> Option<T> {
        let mut bytes = Vec::new();
        std::fs::File::open(self.file(place)?).ok()?.read_to_end(&mut bytes).ok()?;
        let rest = bytes.strip_prefix(MAGIC)?;
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let (found, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let (sum, content) = rest.split_first_chunk::<8>()?;
        if found != key.as_bytes() || u64::from_le_bytes(*sum) != checksum(content) {
            return None;
        }
        rmp_serde::from_slice(content).ok()
    }

    /// Writes an entry. That it cannot be written is no problem: the next run does the work again.
    pub fn put(&self, place: Place<'_>, key: &str, value: &impl Serialize) {
        let _ = self.try_put(place, key, value);
    }

    fn try_put(&self, place: Place<'_>, key: &str, value: &impl Serialize) -> std::io::Result<()> {
        let Some(file) = self.file(place) else { return Ok(()) };
        let content = rmp_serde::to_vec_named(value).map_err(std::io::Error::other)?;
        let folder = file.parent().unwrap_or(Path::new(""));
        std::fs::create_dir_all(folder)?;
        let mut partial = tempfile::Builder::new().prefix(".partial-").tempfile_in(folder)?;
        partial.write_all(MAGIC)?;
        partial.write_all(&(key.len() as u64).to_le_bytes())?;
        partial.write_all(key.as_bytes())?;
        partial.write_all(&checksum(&content).to_le_bytes())?;
        partial.write_all(&content)?;
        partial.persist(&file)?;
        prune(folder, place.kind);
        Ok(())
    }

    fn file(&self, place: Place<'_>) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(place.name).join(format!("{:016x}.{}", place.slot, place.kind)))
    }
}

fn checksum(content: &[u8]) -> u64 {
    let mut sum = Crc::new();
    sum.update(content);
    (content.len() as u64) << 32 | u64::from(sum.sum())
}

/// Leaves the newest entries of a kind, and no remains of a process that was stopped while it wrote.
fn prune(folder: &Path, kind: &str) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut slots = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        let Some(time) = path.metadata().and_then(|one| one.modified()).ok() else { continue };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let old = time.elapsed().is_ok_and(|age| age.as_secs() > 3600);
        if name.starts_with(".partial-") && old {
            let _ = std::fs::remove_file(path);
        } else if !name.starts_with('.') && path.extension().is_some_and(|one| one == kind) {
            slots.push((time, path));
        }
    }
    slots.sort();
    for (_, path) in slots.iter().rev().skip(MOST_SLOTS) {
        let _ = std::fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(slot: u64) -> Place<'static> {
        Place { name: "stats", slot, kind: "test" }
    }

    #[test]
    fn what_was_written_is_read_under_its_key_only() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().join("not/yet/there"));
        assert_eq!(store.get::<Vec<String>>(place(1), "key"), None);
        store.put(place(1), "key", &["a", "b"]);
        assert_eq!(store.get::<Vec<String>>(place(1), "key"), Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(store.get::<Vec<String>>(place(1), "other"), None);
        assert_eq!(store.get::<Vec<String>>(place(2), "key"), None);
        assert_eq!(store.get::<Vec<u64>>(place(1), "key"), None, "another shape is no value");
    }

    #[test]
    fn damage_is_absence() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path());
        store.put(place(1), "key", &vec!["some text"; 20]);
        let file = store.file(place(1)).unwrap();
        let whole = std::fs::read(&file).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x41;
            std::fs::write(&file, &damaged).unwrap();
            assert_eq!(store.get::<Vec<String>>(place(1), "key"), None, "byte {at}");
            std::fs::write(&file, &whole[..at]).unwrap();
            assert_eq!(store.get::<Vec<String>>(place(1), "key"), None, "cut at {at}");
        }
        store.put(place(1), "key", &["again"]);
        assert!(store.get::<Vec<String>>(place(1), "key").is_some());
    }

    #[test]
    fn old_entries_go() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path());
        for slot in 0..10 {
            store.put(place(slot), "key", &slot);
        }
        let left = std::fs::read_dir(folder.path().join("stats")).unwrap().count();
        assert_eq!(left, MOST_SLOTS);
        assert_eq!(store.get(place(9), "key"), Some(9_u64));
    }
}
