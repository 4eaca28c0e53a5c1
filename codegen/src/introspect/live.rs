//! Introspection by the R of this machine.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rbindgen_runtime::locate::{self, Installation};

use super::cache::Searched;
use super::child::{self, Served, Server};
use super::{Introspect, Introspected, answer, rds};
use crate::diagnostics::{Diagnostics, Problem};

/// What the child runs.
const SCRIPT: &str = concat!(
    include_str!("script/start.R"),
    include_str!("script/skeleton.R"),
    include_str!("script/datasets.R"),
    include_str!("script/functions.R"),
    include_str!("script/classes.R"),
    include_str!("script/package.R"),
    include_str!("script/serve.R"),
);

/// How many near matches a wrong name gets.
const SUGGESTIONS: usize = 3;

/// Whether a process of R can make copies of itself for the packages. Where it cannot, R starts for each.
const COPIES: bool = cfg!(target_os = "linux");

/// The R of this machine, asked in a process per package.
#[derive(Debug)]
pub struct Live {
    r: Installation,
    libraries: Vec<PathBuf>,
    limit: Duration,
    /// Processes that wait for a package.
    idle: Mutex<Vec<Process>>,
}

/// A process that serves several packages.
#[derive(Debug)]
struct Process {
    server: Server,
    /// The package that it has loaded, for those that load it first in any case.
    inside: Option<String>,
}

impl Live {
    /// Finds R. `libraries` are searched before R's own, `limit` is the time that each package gets.
    ///
    /// # Errors
    /// When there is no R that can be used, or a library folder does not exist.
    pub fn new(libraries: &[PathBuf], limit: Duration) -> Result<Live, Problem> {
        let mut absolute = Vec::new();
        for library in libraries {
            match library.canonicalize() {
                Ok(path) if path.is_dir() => absolute.push(path),
                _ => return Err(Problem::NoLibrary { path: library.clone() }),
            }
        }
        let r = locate::find().map_err(Problem::NoR)?;
        Ok(Live { r, libraries: absolute, limit, idle: Mutex::default() })
    }

    /// R with our script, which writes the answer about `package` to `target`; without them it waits to be told.
    fn command(&self, folder: &Path, target: &Path, package: &str) -> std::io::Result<Command> {
        let script = folder.join("script.R");
        std::fs::write(&script, SCRIPT)?;
        let mut command = Command::new(self.r.program());
        command
            .envs(self.r.child_env())
            // R's own messages in English, as they are quoted in ours.
            .env("LANGUAGE", "en")
            .args(["--no-echo", "--no-restore", "--no-save", "--no-init-file", "--no-readline"])
            // Room for all that is loaded: R would look for garbage again and again where there is none.
            .args(["--min-nsize=4M", "--min-vsize=96M", "-f"])
            .arg(&script)
            .arg("--args")
            .arg(target)
            .arg(package)
            .args(&self.libraries);
        Ok(command)
    }

    /// The answer of a process that serves several packages; nothing when it does not give one.
    fn ask_server(
        &self,
        package: &str,
        inside: Option<&str>,
        target: &Path,
    ) -> Result<Option<Vec<u8>>, Problem> {
        // One that waits may have ended with the thread that started it.
        let waiting = self.waiting(inside).and_then(|process| self.enter(process, inside));
        let process = waiting.or_else(|| {
            let (server, _) = self.start_server().ok()?;
            self.enter(Process { server, inside: None }, inside)
        });
        let Some(mut process) = process else { return Ok(None) };
        let request = format!("{}\n{package}\n{}\n", target.display(), self.limit.as_secs());
        match process.server.serve(&request, self.limit) {
            Served::Answered(_) => match std::fs::read(target) {
                Ok(bytes) => {
                    self.idle().push(process);
                    Ok(Some(bytes))
                }
                Err(_) => Ok(None),
            },
            Served::Late => Err(self.late(package, &process.server.stderr())),
            Served::Gone => Ok(None),
        }
    }

    /// A process that waits, best one that has loaded the package already.
    fn waiting(&self, inside: Option<&str>) -> Option<Process> {
        let mut idle = self.idle();
        let place = idle.iter().position(|one| one.inside.as_deref() == inside);
        let place = place.or_else(|| idle.iter().position(|one| one.inside.is_none()));
        place.or_else(|| idle.len().checked_sub(1)).map(|place| idle.swap_remove(place))
    }

    /// Makes the process one that has loaded this package, and none that it would not.
    fn enter(&self, mut process: Process, inside: Option<&str>) -> Option<Process> {
        if process.inside.as_deref() == inside {
            return Some(process);
        }
        let mut ask = |request: &str| match process.server.serve(request, self.limit) {
            Served::Answered(_) => Some(()),
            Served::Late | Served::Gone => None,
        };
        if process.inside.is_some() {
            ask("leave\n\n\n")?;
        }
        if let Some(package) = inside {
            ask(&format!("\n{package}\n{}\n", self.limit.as_secs()))?;
        }
        process.inside = inside.map(str::to_owned);
        Some(process)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Process>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The R that is asked.
    pub(super) fn installation(&self) -> &Installation {
        &self.r
    }

    /// The folders that are searched before R's own.
    pub(super) fn libraries(&self) -> &[PathBuf] {
        &self.libraries
    }

    /// Where R looks for packages.
    pub(super) fn searched(&self) -> Option<Searched> {
        let (server, greeting) = self.start_server().ok()?;
        if COPIES {
            self.idle().push(Process { server, inside: None });
        }
        let (folders, named) = greeting.strip_prefix("ready\t")?.split_once("\t\t")?;
        let paths = |text: &str| {
            text.split('\t').filter(|one| !one.is_empty()).map(PathBuf::from).collect::<Vec<_>>()
        };
        let named = paths(named).into_iter().map(|path| (path.clone(), path.is_dir())).collect();
        Some(Searched { folders: paths(folders), named })
    }

    /// A process that waits for requests, and what it says first.
    fn start_server(&self) -> std::io::Result<(Server, String)> {
        let folder = tempfile::Builder::new().prefix("rbindgen-").tempdir()?;
        let mut server = Server::start(&mut self.command(folder.path(), Path::new(""), "")?)?;
        match server.serve("", self.limit) {
            Served::Answered(greeting) => Ok((server, greeting)),
            _ => Err(std::io::Error::other("it does not start")),
        }
    }

    /// The answer of a process for this package alone.
    fn ask_alone(&self, package: &str, folder: &Path) -> Result<Vec<u8>, Problem> {
        let failed = |error: std::io::Error| failed(package, &error);
        let target = folder.join("answer");
        let mut command = self.command(folder, &target, package).map_err(failed)?;
        let ended = child::run(&mut command, self.limit).map_err(failed)?;
        let Some(status) = ended.status else { return Err(self.late(package, &ended.stderr)) };
        std::fs::read(target).map_err(|_| Problem::ChildDied {
            package: package.to_owned(),
            how: describe(status),
            stderr: last_lines(&ended.stderr),
        })
    }

    fn late(&self, package: &str, stderr: &str) -> Problem {
        Problem::TimedOut { package: package.to_owned(), limit: self.limit, stderr: last_lines(stderr) }
    }
}

fn failed(package: &str, error: &std::io::Error) -> Problem {
    Problem::ChildFailed { package: package.to_owned(), reason: error.to_string() }
}

/// Whether a package can have this name ("Writing R Extensions", 1.1.1).
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|one| one.is_ascii_alphanumeric() || one == b'.')
}

impl Introspect for Live {
    fn introspect(&self, package: &str, diagnostics: &mut Diagnostics) -> Result<Introspected, Problem> {
        self.look(package, None, diagnostics)
    }
}

impl Live {
    /// Looks into a package, in a process that has loaded the package `inside`, which this one loads, too.
    pub(super) fn look(
        &self,
        package: &str,
        inside: Option<&str>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Introspected, Problem> {
        let folder = tempfile::Builder::new().prefix("rbindgen-").tempdir();
        let folder = folder.map_err(|error| failed(package, &error))?;
        let mut bytes = None;
        if COPIES && is_name(package) {
            bytes =
                self.ask_server(package, inside.filter(|one| is_name(one)), &folder.path().join("copy"))?;
        }
        // What ended the copy without an answer may have been the copying.
        let bytes = match bytes {
            Some(bytes) => bytes,
            None => self.ask_alone(package, folder.path())?,
        };
        let read = rds::with(&bytes, |decoded| answer::read(package, &decoded.root));
        let answer = read.map_err(|error| error.to_string()).and_then(|answer| answer);
        let unreadable = |reason| Problem::AnswerUnreadable { package: package.to_owned(), reason };
        match answer.map_err(unreadable)? {
            answer::Answer::Absent { libraries, installed } => Err(Problem::UnknownPackage {
                package: package.to_owned(),
                near: near(package, installed),
                libraries,
            }),
            answer::Answer::Failed { reason } => {
                Err(Problem::LoadFailed { package: package.to_owned(), reason })
            }
            answer::Answer::Package { package: found, path, failures, lost } => {
                for (dataset, reason) in failures {
                    diagnostics.push(Problem::DataSetFailed { package: package.to_owned(), dataset, reason });
                }
                for (name, reason) in lost {
                    diagnostics.push(Problem::BindingFailed { package: package.to_owned(), name, reason });
                }
                let watch = ["DESCRIPTION", "Meta/package.rds"].map(|file| path.join(file)).to_vec();
                Ok(Introspected { package: *found, watch })
            }
        }
    }
}

/// The last lines of the child's error output, which say most.
fn last_lines(stderr: &str) -> Vec<String> {
    let lines: Vec<&str> = stderr.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(6)..].iter().map(|line| crate::diagnostics::printable(line)).collect()
}

fn describe(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("was killed by signal {signal}");
    }
    match status.code() {
        Some(code) => format!("ended itself with exit status {code}"),
        None => "ended itself".to_owned(),
    }
}

/// The installed packages whose names are most like `package`, the most similar first.
fn near(package: &str, mut installed: Vec<String>) -> Vec<String> {
    installed.sort();
    installed.dedup();
    let lower = package.to_lowercase();
    let mut scored: Vec<(f64, String)> = installed
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&lower, &name.to_lowercase()), name))
        .filter(|(score, _)| *score > 0.8)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored.into_iter().take(SUGGESTIONS).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_matches() {
        let installed = || ["stats", "stats4", "datasets", "MASS"].map(str::to_owned).to_vec();
        assert_eq!(near("dataset", installed()), ["datasets"]);
        assert_eq!(near("mass", installed()), ["MASS"]);
        assert_eq!(near("stat", installed()), ["stats", "stats4"]);
        assert!(near("ggplot2", installed()).is_empty());
    }

    #[test]
    fn a_process_serves_several_packages() {
        let live = Live::new(&[], Duration::from_secs(60)).unwrap();
        let searched = live.searched().unwrap();
        assert!(
            searched.folders.iter().any(|folder| folder.join("stats/DESCRIPTION").is_file()),
            "{searched:?}"
        );
        let folder = tempfile::tempdir().unwrap();
        let asked = [
            ("stats", None),
            ("not.there", None),
            ("splines", Some("stats4")),
            ("stats4", Some("stats4")),
            ("grid", None),
        ];
        for (package, inside) in asked {
            let answer = live.ask_server(package, inside, &folder.path().join(package)).unwrap();
            assert_eq!(answer.is_some(), COPIES, "{package}");
        }
        assert_eq!(live.idle().len(), usize::from(COPIES), "one process has served all");
    }

    #[test]
    fn the_end_of_the_error_output() {
        let text = "1\n2\n\n3\n4\n5\n6\n7\n";
        assert_eq!(last_lines(text), ["2", "3", "4", "5", "6", "7"]);
    }
}
