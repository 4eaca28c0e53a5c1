//! Finding the R installation, without starting it.
//!
//! The order is the one that R's own tools document: the variable `R_HOME`, then what `R RHOME` answers for
//! the `R` on the `PATH`, then the places where distributions put R. What is found is described by
//! an [`Installation`]; its [`env`](Installation::env) is what R's shell front end would have set ("R Installation and
//! Administration", section 6.1, and the script `R_HOME/bin/R` itself).

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The oldest R that rbindgen works with.
pub const MINIMUM: Version = Version { major: 4, minor: 2, patch: 0 };

/// A version of R.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
    /// The third number.
    pub patch: u32,
}

impl Version {
    /// Reads `4.2.2`; text after the numbers, as in `4.6.0 alpha`, is ignored.
    ///
    /// ```
    /// use rbindgen_runtime::locate::Version;
    /// assert_eq!(Version::parse("4.2.2"), Some(Version { major: 4, minor: 2, patch: 2 }));
    /// assert_eq!(Version::parse("R"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Version> {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let mut numbers = text[..end].split('.').map(|part| part.parse().ok());
        let mut next = || numbers.next().flatten();
        Some(Version { major: next()?, minor: next()?, patch: next().unwrap_or(0) })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// How an installation was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The variable `R_HOME`.
    Variable,
    /// `R RHOME`, with the `R` of the `PATH`.
    Path,
    /// One of the usual places.
    UsualPlace,
}

/// An R that is installed on this machine and has the shared library that embedding needs.
#[derive(Clone, Debug)]
pub struct Installation {
    /// `R_HOME`, absolute.
    pub home: PathBuf,
    /// The shared library `libR.so` (`libR.dylib` on macOS).
    pub library: PathBuf,
    /// The version, read from the DESCRIPTION of package base, which R releases together with itself.
    pub version: Version,
    /// What led here.
    pub origin: Origin,
}

/// Why no R can be used.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum LocateError {
    /// No R anywhere; each line of `searched` is a place with what was found there.
    NotFound {
        /// Where it was looked for, in order.
        searched: Vec<String>,
    },
    /// `R_HOME` is set and does not hold an R that can be embedded.
    BadHome {
        /// The value of `R_HOME`.
        home: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// An R older than [`MINIMUM`].
    TooOld {
        /// Where it is.
        home: PathBuf,
        /// Its version.
        version: Version,
    },
}

impl fmt::Display for LocateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LocateError::NotFound { searched } => {
                writeln!(f, "no R was found on this machine. Looked for it in:")?;
                for place in searched {
                    writeln!(f, "  - {place}")?;
                }
                write!(
                    f,
                    "Install R {MINIMUM} or later (Debian and Ubuntu: apt-get install r-base-core; Fedora: dnf install R-core; \
                     macOS: brew install r; conda: conda install r-base), or set R_HOME to what `R RHOME` prints."
                )
            }
            LocateError::BadHome { home, reason } => write!(
                f,
                "R_HOME is set to {}, but {reason}. Set it to what `R RHOME` prints, or unset it to use the R on the PATH.",
                home.display()
            ),
            LocateError::TooOld { home, version } => write!(
                f,
                "the R in {} has version {version}; rbindgen needs {MINIMUM} or later. Install a newer R, or set R_HOME to one.",
                home.display()
            ),
        }
    }
}

impl std::error::Error for LocateError {}

/// Finds R: `R_HOME`, then `R RHOME`, then the usual places.
///
/// ```
/// let r = rbindgen_runtime::locate::find()?;
/// assert!(r.library.is_file());
/// assert!(r.version >= rbindgen_runtime::locate::MINIMUM);
/// # Ok::<(), rbindgen_runtime::locate::LocateError>(())
/// ```
pub fn find() -> Result<Installation, LocateError> {
    if let Some(home) = std::env::var_os("R_HOME").filter(|home| !home.is_empty()) {
        let home = PathBuf::from(home);
        return match Installation::at(&home, Origin::Variable) {
            Ok(found) => found.supported(),
            Err(reason) => Err(LocateError::BadHome { home, reason }),
        };
    }
    let mut searched = Vec::new();
    match home_by_front_end() {
        Ok(home) => match Installation::at(&home, Origin::Path) {
            Ok(found) => return found.supported(),
            Err(reason) => searched.push(format!("{} (from `R RHOME`): {reason}", home.display())),
        },
        Err(reason) => searched.push(format!("`R RHOME`: {reason}")),
    }
    for home in usual_places() {
        match Installation::at(&home, Origin::UsualPlace) {
            Ok(found) => return found.supported(),
            Err(reason) => searched.push(format!("{}: {reason}", home.display())),
        }
    }
    Err(LocateError::NotFound { searched })
}

impl Installation {
    /// Describes the R whose home is `home`; the error says in words what is missing there.
    fn at(home: &Path, origin: Origin) -> Result<Installation, String> {
        if !home.is_dir() {
            return Err("there is no such folder".to_owned());
        }
        let home = home.canonicalize().map_err(|error| error.to_string())?;
        let name = if cfg!(target_os = "macos") { "libR.dylib" } else { "libR.so" };
        let library = home.join("lib").join(name);
        if !library.is_file() {
            return Err(format!(
                "lib/{name} is missing there (an R that was built without --enable-R-shlib cannot be embedded)"
            ));
        }
        let description = home.join("library/base/DESCRIPTION");
        let version = std::fs::read_to_string(&description)
            .ok()
            .and_then(|text| Version::parse(text.lines().find_map(|line| line.strip_prefix("Version: "))?))
            .ok_or_else(|| {
                "library/base/DESCRIPTION, which tells the version, cannot be read there".to_owned()
            })?;
        Ok(Installation { home, library, version, origin })
    }

    /// Refuses an R that is older than [`MINIMUM`].
    fn supported(self) -> Result<Installation, LocateError> {
        if self.version < MINIMUM {
            return Err(LocateError::TooOld { home: self.home, version: self.version });
        }
        Ok(self)
    }

    /// The program that the front end `R_HOME/bin/R` runs in the end.
    pub fn program(&self) -> PathBuf {
        self.home.join("bin/exec/R")
    }

    /// The variables that R's front end sets before it runs [`program`](Self::program).
    ///
    /// `R_HOME` alone is not enough where a distribution keeps R's documentation and headers elsewhere (Debian does):
    /// without `R_SHARE_DIR` the Rd parser does not find its macros.
    pub fn env(&self) -> Vec<(&'static str, OsString)> {
        let script = std::fs::read_to_string(self.home.join("bin/R")).unwrap_or_default();
        let mut env = vec![("R_HOME", self.home.clone().into_os_string())];
        for (variable, folder) in
            [("R_SHARE_DIR", "share"), ("R_INCLUDE_DIR", "include"), ("R_DOC_DIR", "doc")]
        {
            let inside = self.home.join(folder);
            let written = script
                .lines()
                .find_map(|line| line.strip_prefix(variable)?.strip_prefix('='))
                .map(|value| PathBuf::from(value.trim_matches(['"', '\''])));
            let value = match written {
                Some(path) if path.is_absolute() && path.is_dir() => path,
                _ => inside,
            };
            env.push((variable, value.into_os_string()));
        }
        env
    }

    /// [`env`](Self::env) and the loader's path with R's own `lib` first: what a child process that runs
    /// [`program`](Self::program) needs.
    pub fn child_env(&self) -> Vec<(&'static str, OsString)> {
        let variable =
            if cfg!(target_os = "macos") { "DYLD_FALLBACK_LIBRARY_PATH" } else { "LD_LIBRARY_PATH" };
        let mut path = self.home.join("lib").into_os_string();
        if let Some(inherited) = std::env::var_os(variable).filter(|value| !value.is_empty()) {
            path.push(":");
            path.push(inherited);
        }
        let mut env = self.env();
        env.push((variable, path));
        env
    }
}

/// Asks the `R` on the `PATH` where its home is.
fn home_by_front_end() -> Result<PathBuf, String> {
    let output = Command::new("R").arg("RHOME").stdin(Stdio::null()).stderr(Stdio::null()).output().map_err(
        |error| match error.kind() {
            std::io::ErrorKind::NotFound => "there is no program R on the PATH".to_owned(),
            _ => error.to_string(),
        },
    )?;
    // R may warn before it answers: the answer is the last line.
    let text = String::from_utf8_lossy(&output.stdout);
    match text.lines().rfind(|line| !line.trim().is_empty()) {
        Some(line) if output.status.success() => Ok(PathBuf::from(line.trim())),
        _ => Err(format!("it failed ({})", output.status)),
    }
}

/// Where distributions, CRAN's installers, rig and conda put R.
fn usual_places() -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = Vec::new();
    if let Some(prefix) = std::env::var_os("CONDA_PREFIX") {
        places.push(Path::new(&prefix).join("lib/R"));
    }
    let fixed: &[&str] = if cfg!(target_os = "macos") {
        &["/Library/Frameworks/R.framework/Resources", "/opt/homebrew/opt/r/lib/R", "/usr/local/opt/r/lib/R"]
    } else {
        &["/usr/lib/R", "/usr/lib64/R", "/usr/local/lib/R", "/usr/local/lib64/R"]
    };
    places.extend(fixed.iter().map(PathBuf::from));
    // rig and Posit's builds: /opt/R/<version>/lib/R, the newest first.
    let mut versions: Vec<(Option<Version>, PathBuf)> = std::fs::read_dir("/opt/R")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| (entry.file_name().to_str().and_then(Version::parse), entry.path().join("lib/R")))
        .collect();
    versions.sort_by(|a, b| b.cmp(a));
    places.extend(versions.into_iter().map(|(_, home)| home));
    places
}
