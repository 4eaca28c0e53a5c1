//! The command line.

mod diff;
mod evidence;
mod report;
mod types;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::builder::{self, Bindings, Builder};
use crate::diagnostics::{Error, Problem};
use crate::options::{self, Options};
use crate::output::Output;
use crate::{emit::Files, ir};
use report::{Report, Summary};

/// Typed Rust and Python bindings for installed R packages.
///
/// Without --rust and --python both are written below bindings/; in a build script, Rust into OUT_DIR. Exit codes: 0 done,
/// 1 something has drifted, 2 wrong use or a package that could not be read.
#[derive(Debug, Parser)]
#[command(name = "rbindgen", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    generate: Generate,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Compare what is written with what would be written; exit code 1 when they differ.
    Check(Generate),
    /// Record what is known about packages as JSON, so that generation needs no R.
    Snapshot(SnapshotArgs),
    /// Print the types of exported functions, one function a line.
    ///
    /// In the notation of "Designing Types for R, Empirically" (OOPSLA 2020): `double` is one number, `double[]` a vector,
    /// "a" | "b" an enumeration, class<`lm`> an object of this class. For the reasons ask rbindgen report.
    Types(TypesArgs),
    /// Print every type with the evidence for it.
    ///
    /// For each parameter and each result: the type, how sure it is (weak, likely, strong, hard), and what says so: a check in the
    /// code, a default, the registration of a method, the documentation. At the end: what is untyped, what was skipped and
    /// why, and how many positions each source of evidence decided.
    Report(ReportArgs),
    /// Print what changed between two versions of packages; exit code 1 when something of it is breaking.
    ///
    /// Each side is a snapshot or an installed package. Breaking is what can keep a program from compiling or running: something is
    /// gone, a parameter is required or takes less, a result is something else.
    Diff(diff::DiffArgs),
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

#[derive(Debug, Args)]
struct Generate {
    #[command(flatten)]
    options: Options,
    /// The options that are not given here [default: rbindgen.toml, where there is one].
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    style: Style,
}

#[derive(Debug, Args)]
struct SnapshotArgs {
    #[command(flatten)]
    generate: Generate,
    /// The file to write.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Args)]
struct TypesArgs {
    #[command(flatten)]
    generate: Generate,
    /// All functions of the namespace, not only the exported ones.
    #[arg(long)]
    internal: bool,
}

#[derive(Debug, Args)]
struct ReportArgs {
    #[command(flatten)]
    generate: Generate,
    #[command(flatten)]
    selection: evidence::Selection,
}

#[derive(Clone, Copy, Debug, Args)]
struct Style {
    /// Print errors only.
    #[arg(long, short)]
    quiet: bool,
    /// How to print what happened.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people.
    Text,
    /// One JSON object on standard output.
    Json,
}

impl Generate {
    fn builder(self) -> Builder {
        let implicit = || Path::new(options::DEFAULT).is_file().then(|| PathBuf::from(options::DEFAULT));
        let mut builder = Builder::new();
        if let Some(config) = self.config.or_else(implicit) {
            builder = builder.config(config);
        }
        builder.options = self.options;
        builder
    }
}

/// Runs the command with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are asked for; everything else is wrong use. A closed pipe is no reason to panic.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match cli.command {
        None if cli.generate.is_empty() => {
            report::complain(&Cli::command().render_help().to_string());
            ExitCode::from(2)
        }
        None => {
            let report = Report::new(cli.generate.style);
            report.end(generate(cli.generate, &report))
        }
        Some(Command::Check(arguments)) => {
            let report = Report::new(arguments.style);
            report.end(check(arguments, &report))
        }
        Some(Command::Snapshot(arguments)) => {
            let report = Report::new(arguments.generate.style);
            report.end(snapshot(arguments, &report))
        }
        Some(Command::Types(arguments)) => {
            let report = Report::new(arguments.generate.style);
            report.answer(types::types(arguments.generate.builder(), arguments.internal, &report))
        }
        Some(Command::Report(arguments)) => {
            let report = Report::new(arguments.generate.style);
            report.answer(evidence::evidence(arguments.generate.builder(), &arguments.selection, &report))
        }
        Some(Command::Diff(arguments)) => {
            let report = Report::new(arguments.style);
            report.answer(diff::diff(arguments, &report))
        }
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "rbindgen", &mut script);
            report::print(&script);
            ExitCode::SUCCESS
        }
    }
}

impl Generate {
    /// Whether nothing was asked for, here or in a file.
    fn is_empty(&self) -> bool {
        self.options == Options::default() && self.config.is_none() && !Path::new(options::DEFAULT).is_file()
    }
}

fn generate(arguments: Generate, report: &Report) -> Result<Summary, Error> {
    let bindings = arguments.builder().generate_with(report)?;
    let into_out_dir = bindings.names_no_folder() && builder::out_dir().is_some();
    if into_out_dir {
        bindings.write_to_out_dir()?;
        return Ok(Summary { warnings: bindings.warnings(), ..Summary::default() });
    }
    let written = bindings.write()?;
    Ok(Summary { warnings: bindings.warnings(), written: Some(written), ..Summary::default() })
}

fn check(arguments: Generate, report: &Report) -> Result<Summary, Error> {
    let bindings: Bindings = arguments.builder().generate_with(report)?;
    let drift = bindings.check()?;
    Ok(Summary { warnings: bindings.warnings(), drift: Some(drift), ..Summary::default() })
}

fn snapshot(arguments: SnapshotArgs, report: &Report) -> Result<Summary, Error> {
    let (snapshot, warnings) = arguments.generate.builder().snapshot(report)?;
    let folder = arguments.output.parent().unwrap_or(Path::new("")).to_owned();
    let Some(name) = arguments.output.file_name().and_then(|name| name.to_str()) else {
        let reason = "it does not name a file".to_owned();
        return Err(Problem::Unwritable { path: arguments.output, reason }.into());
    };
    let files: Files = [(name.to_owned(), ir::write(&snapshot))].into();
    let written = Output::file(&folder, files).write()?;
    Ok(Summary { warnings, written: Some(written), ..Summary::default() })
}
