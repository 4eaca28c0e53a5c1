//! Introspection by the R of this machine.

use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::time::Duration;

use rbindgen_runtime::locate::{self, Installation};

use super::{Introspect, Introspected, answer, child, rds};
use crate::diagnostics::{Diagnostics, Problem};

/// What the child runs.
const SCRIPT: &str = concat!(
    include_str!("script/start.R"),
    include_str!("script/skeleton.R"),
    include_str!("script/datasets.R"),
    include_str!("script/functions.R"),
    include_str!("script/package.R"),
);

/// How many near matches a wrong name gets.
const SUGGESTIONS: usize = 3;

/// The R of this machine, asked in a child process per package.
#[derive(Clone, Debug)]
pub struct Live {
    r: Installation,
    libraries: Vec<PathBuf>,
    limit: Duration,
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
        Ok(Live { r, libraries: absolute, limit })
    }

    fn command(&self, folder: &std::path::Path, package: &str) -> std::io::Result<Command> {
        let script = folder.join("script.R");
        std::fs::write(&script, SCRIPT)?;
        let mut command = Command::new(self.r.program());
        command
            .envs(self.r.child_env())
            // R's own messages in English, as they are quoted in ours.
            .env("LANGUAGE", "en")
            .args(["--no-echo", "--no-restore", "--no-save", "--no-init-file", "--no-readline", "-f"])
            .arg(&script)
            .arg("--args")
            .arg(folder.join("answer"))
            .arg(package)
            .args(&self.libraries);
        Ok(command)
    }
}

impl Introspect for Live {
    fn introspect(&self, package: &str, diagnostics: &mut Diagnostics) -> Result<Introspected, Problem> {
        let io = |error: std::io::Error| Problem::ChildFailed {
            package: package.to_owned(),
            reason: error.to_string(),
        };
        let folder = tempfile::Builder::new().prefix("rbindgen-").tempdir().map_err(io)?;
        let mut command = self.command(folder.path(), package).map_err(io)?;
        let ended = child::run(&mut command, self.limit).map_err(io)?;
        let Some(status) = ended.status else {
            return Err(Problem::TimedOut {
                package: package.to_owned(),
                limit: self.limit,
                stderr: last_lines(&ended.stderr),
            });
        };
        let Ok(bytes) = std::fs::read(folder.path().join("answer")) else {
            return Err(Problem::ChildDied {
                package: package.to_owned(),
                how: describe(status),
                stderr: last_lines(&ended.stderr),
            });
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
    fn the_end_of_the_error_output() {
        let text = "1\n2\n\n3\n4\n5\n6\n7\n";
        assert_eq!(last_lines(text), ["2", "3", "4", "5", "6", "7"]);
    }
}
