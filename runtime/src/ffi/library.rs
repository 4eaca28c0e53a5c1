//! Opening libR by its absolute path.
//!
//! Two things that the dynamic loader would do for a program that is linked against libR are done by hand. R's own
//! packages are linked against `libR.so` by that bare name, which the loader answers from its search path: where libR
//! is not on that path, or another R is, an empty library with that name is loaded first (see
//! [`soname`](super::soname)). And an R that brings its own BLAS keeps it in the same folder, off the search path.

use std::fmt;
use std::path::{Path, PathBuf};

use libloading::os::unix::{Library as Handle, RTLD_GLOBAL, RTLD_NOW, Symbol};

use crate::locate::Installation;

/// libR, opened for the rest of the process.
pub(crate) struct Library {
    handle: Handle,
    path: PathBuf,
}

/// Why libR could not be opened.
#[derive(Debug, Clone)]
pub(crate) struct OpenError {
    pub(crate) library: PathBuf,
    pub(crate) reason: String,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be used: {}", self.library.display(), self.reason)
    }
}

/// Not in libloading: libc's own value.
const RTLD_NOLOAD: i32 = libc::RTLD_NOLOAD;

/// Opens the libR of `installation` and makes its symbols visible to the packages that R will load.
pub(crate) fn open(installation: &Installation) -> Result<Library, OpenError> {
    let folder = installation.library.parent().unwrap_or(&installation.home);
    // libR needs libRblas where R brings its own; both stay off the loader's path.
    load_if_present(&folder.join("libRblas.so"));
    let path = installation.library.clone();
    // SAFETY: loading libR runs no initialiser of its own; those of its dependencies (BLAS, ICU, readline) are
    // what every R session runs.
    let handle = unsafe { Handle::open(Some(&path), RTLD_NOW | RTLD_GLOBAL) }
        .map_err(|error| OpenError { library: path.clone(), reason: error.to_string() })?;
    answer_to_bare_name(&path)?;
    load_if_present(&folder.join("libRlapack.so"));
    Ok(Library { handle, path })
}

/// Sees to it that a library that needs `libR.so` gets the one that is loaded, and no other.
///
/// A loaded library answers to its SONAME. Debian's libR has none, and is found again only where the loader's path
/// happens to lead to the same file.
fn answer_to_bare_name(path: &Path) -> Result<(), OpenError> {
    let Some(name) = path.file_name() else { return Ok(()) };
    let loaded = |name: &std::ffi::OsStr| {
        // SAFETY: RTLD_NOLOAD loads nothing; it answers whether a loaded library goes by that name.
        unsafe { Handle::open(Some(name), RTLD_NOW | RTLD_NOLOAD) }.ok().map(Handle::into_raw)
    };
    if loaded(name) == loaded(path.as_os_str()) {
        return Ok(());
    }
    super::soname::claim(&name.to_string_lossy())
        .map_err(|error| OpenError { library: path.to_owned(), reason: error.to_string() })
}

/// Loads a library of R's own folder for good, where there is one.
fn load_if_present(path: &Path) {
    if path.is_file() {
        // SAFETY: R itself would load this file.
        if let Ok(handle) = unsafe { Handle::open(Some(path), RTLD_NOW | RTLD_GLOBAL) } {
            std::mem::forget(handle);
        }
    }
}

impl Library {
    /// A function by its name.
    ///
    /// # Safety
    /// `F` is the function's type.
    pub(crate) unsafe fn function<F: Copy>(&self, name: &str) -> Result<F, OpenError> {
        // SAFETY: the caller knows the type.
        let symbol: Symbol<F> = unsafe { self.handle.get(name) }.map_err(|_| self.lacks(name))?;
        Ok(*symbol)
    }

    /// A variable's address by its name.
    ///
    /// # Safety
    /// `T` is the variable's type.
    pub(crate) unsafe fn variable<T>(&self, name: &str) -> Result<*mut T, OpenError> {
        // SAFETY: the caller knows the type.
        let symbol: Symbol<*mut T> = unsafe { self.handle.get(name) }.map_err(|_| self.lacks(name))?;
        Ok(*symbol)
    }

    fn lacks(&self, name: &str) -> OpenError {
        let reason =
            format!("it has no symbol {name}; is it a build of R {} or later?", crate::locate::MINIMUM);
        OpenError { library: self.path.clone(), reason }
    }
}
