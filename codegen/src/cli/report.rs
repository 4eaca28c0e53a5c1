//! What the command prints: progress and diagnostics on standard error, findings and JSON on standard output.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Mutex;

use serde::Serialize;

use super::{Format, Style};
use crate::diagnostics::{Error, Record, printable};
use crate::ir::Package;
use crate::output::{Drift, DriftKind, Written};
use crate::pipeline::Progress;

/// What a run came to.
#[derive(Debug, Default)]
pub struct Summary {
    /// Warnings.
    pub warnings: Vec<Record>,
    /// What was written.
    pub written: Option<Written>,
    /// What has drifted.
    pub drift: Option<Vec<Drift>>,
}

/// What a command prints on standard output: as text, or its fields as JSON.
pub trait Answer: Serialize {
    /// What went wrong on the way.
    fn warnings(&self) -> &[Record];
    /// Lines for people.
    fn text(&self) -> String;
    /// Whether it found what it looks for: exit code 1.
    fn finds(&self) -> bool {
        false
    }
}

/// Prints how a run goes on and ends.
pub struct Report {
    style: Style,
    terminal: bool,
    /// The packages that are being looked into, for the line that is rewritten.
    running: Mutex<Running>,
}

impl Report {
    pub fn new(style: Style) -> Report {
        Report { style, terminal: io::stderr().is_terminal(), running: Mutex::default() }
    }

    /// Prints the end of a run and gives its exit code.
    pub fn end(&self, result: Result<Summary, Error>) -> ExitCode {
        let code = match &result {
            Err(_) => 2,
            Ok(summary) if summary.drift.as_ref().is_some_and(|drift| !drift.is_empty()) => 1,
            Ok(_) => 0,
        };
        match self.style.format {
            Format::Json => print_json(&result),
            Format::Text => self.text(&result),
        }
        ExitCode::from(code)
    }

    /// Prints what was asked for and gives the exit code.
    pub fn answer<T: Answer>(&self, result: Result<T, Error>) -> ExitCode {
        match (&result, self.style.format) {
            (Err(error), Format::Text) => self.say_always(&error.to_string()),
            (Ok(answer), Format::Text) => {
                self.warn(answer.warnings());
                print(answer.text().as_bytes());
            }
            (result, Format::Json) => {
                /// The same beginning as every document has.
                #[derive(Serialize)]
                struct Document<'a, T: Serialize> {
                    success: bool,
                    diagnostics: Vec<Record>,
                    #[serde(flatten)]
                    answer: Option<&'a T>,
                }
                let (diagnostics, answer) = match result {
                    Ok(answer) => (answer.warnings().to_vec(), Some(answer)),
                    Err(error) => (error.problems(), None),
                };
                let success = answer.is_some_and(|answer| !answer.finds());
                print_document(&Document { success, diagnostics, answer });
            }
        }
        ExitCode::from(match &result {
            Err(_) => 2,
            Ok(answer) if answer.finds() => 1,
            Ok(_) => 0,
        })
    }

    fn warn(&self, warnings: &[Record]) {
        for warning in warnings {
            let Record { code, severity, message, .. } = warning;
            self.say(&format!("{severity}[{code}]: {message}"));
            if let Some(help) = &warning.help {
                self.say(&format!("  help: {help}"));
            }
        }
    }

    fn text(&self, result: &Result<Summary, Error>) {
        let summary = match result {
            Err(error) => return self.say_always(&error.to_string()),
            Ok(summary) => summary,
        };
        self.warn(&summary.warnings);
        if let Some(written) = &summary.written {
            for path in &written.written {
                self.say(&format!("wrote {}", path.display()));
            }
            for path in &written.removed {
                self.say(&format!("removed {}", path.display()));
            }
            if written.written.is_empty() && written.removed.is_empty() {
                self.say("everything is up to date");
            }
        }
        match summary.drift.as_deref() {
            Some([]) => self.say("everything is up to date"),
            Some(drift) => {
                let mut out = String::new();
                for one in drift {
                    out += &describe(one);
                }
                print(out.as_bytes());
                let files = if drift.len() == 1 { "file differs" } else { "files differ" };
                self.say(&format!("{} {files}: run rbindgen again", drift.len()));
            }
            None => {}
        }
    }

    fn say(&self, line: &str) {
        if !self.style.quiet {
            self.say_always(line);
        }
    }

    fn say_always(&self, line: &str) {
        complain(&format!("{line}\n"));
    }

    /// Changes which packages are being looked into; on a terminal one line tells them, below whatever is said.
    fn running(&self, change: impl FnOnce(&mut Running), said: Option<String>) {
        let mut running = self.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        change(&mut running);
        if self.style.quiet || self.style.format == Format::Json {
            return;
        }
        if said.is_none() && !self.terminal {
            return;
        }
        let mut out = String::new();
        if self.terminal {
            // Back to the beginning, and erase to the end (ECMA-48).
            out += "\r\x1b[K";
        }
        if let Some(said) = said {
            out += &said;
            out.push('\n');
        }
        if self.terminal {
            out += &running.line();
        }
        complain(&out);
    }
}

/// What is in work.
#[derive(Debug, Default)]
struct Running {
    packages: Vec<String>,
    done: usize,
    expected: usize,
    /// How many studies are done, and of how many.
    typed: (usize, usize),
}

impl Running {
    fn line(&self) -> String {
        let count = |done, of| if of > 1 { format!(" ({done} of {of} done)") } else { String::new() };
        match self.typed {
            _ if !self.packages.is_empty() => {
                format!("looking into {}{}", self.packages.join(", "), count(self.done, self.expected))
            }
            (done, of) if done < of => format!("working out types{}", count(done, of)),
            _ => String::new(),
        }
    }
}

impl Progress for Report {
    fn started(&self, package: &str) {
        self.running(|running| running.packages.push(package.to_owned()), None);
    }

    fn finished(&self, package: &str, found: Option<&Package>) {
        let said = found.map(|found| {
            let count = |count: usize, one: &str, many: &str| match count {
                0 => None,
                1 => Some(format!("1 {one}")),
                _ => Some(format!("{count} {many}")),
            };
            let parts = [
                count(found.functions.len(), "function", "functions"),
                count(found.datasets.len(), "data set", "data sets"),
            ];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            let parts = if parts.is_empty() { "nothing to bind".to_owned() } else { parts.join(", ") };
            printable(&format!("{} {}: {parts}", found.name, found.version))
        });
        let change = |running: &mut Running| {
            running.packages.retain(|one| one != package);
            running.done += 1;
        };
        self.running(change, said);
    }

    fn expects(&self, packages: usize) {
        self.running(|running| running.expected = packages, None);
    }

    fn typed(&self, done: usize, of: usize) {
        self.running(|running| running.typed = (done, of), None);
    }
}

fn describe(drift: &Drift) -> String {
    let path = drift.path.display();
    match &drift.kind {
        DriftKind::Missing => format!("missing: {path}\n"),
        DriftKind::Stale => format!("stale: {path}\n"),
        DriftKind::Changed(lines) => {
            let mut out = format!("changed: {path}\n");
            for line in lines {
                out += &format!("    {line}\n");
            }
            out
        }
    }
}

/// Writes to standard error; that nobody reads it is no error.
pub fn complain(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Writes to standard output; that nobody reads it is no error.
pub fn print(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
}

fn print_json(result: &Result<Summary, Error>) {
    #[derive(Serialize)]
    struct Document {
        success: bool,
        diagnostics: Vec<Record>,
        written: Vec<String>,
        removed: Vec<String>,
        drift: Vec<Entry>,
    }
    #[derive(Serialize)]
    struct Entry {
        path: String,
        kind: &'static str,
    }
    let paths = |paths: &[std::path::PathBuf]| paths.iter().map(|path| path.display().to_string()).collect();
    let document = match result {
        Err(error) => Document {
            success: false,
            diagnostics: error.problems(),
            written: Vec::new(),
            removed: Vec::new(),
            drift: Vec::new(),
        },
        Ok(summary) => {
            let written = summary.written.clone().unwrap_or_default();
            let drift = summary.drift.as_deref().unwrap_or_default();
            let kind = |one: &Drift| match one.kind {
                DriftKind::Missing => "missing",
                DriftKind::Stale => "stale",
                DriftKind::Changed(_) => "changed",
            };
            Document {
                success: drift.is_empty(),
                diagnostics: summary.warnings.clone(),
                written: paths(&written.written),
                removed: paths(&written.removed),
                drift: drift
                    .iter()
                    .map(|one| Entry { path: one.path.display().to_string(), kind: kind(one) })
                    .collect(),
            }
        }
    };
    print_document(&document);
}

fn print_document(document: &impl Serialize) {
    let mut text = serde_json::to_string_pretty(document).expect("documents hold only what JSON can hold");
    text.push('\n');
    print(text.as_bytes());
}
