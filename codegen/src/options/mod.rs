//! The options, each declared once: the flag of the command, the key of `rbindgen.toml` and the method of
//! [`Builder`](crate::Builder) come from one entry.

mod config;

use std::path::PathBuf;

use serde::Deserialize;

pub use config::{DEFAULT, read};

use crate::infer::overrides::Overrides;

/// Declares [`Options`] and what is derived from each entry. `many` options are lists, to which each place adds; of a `one` option the
/// command line or the builder wins over the file; of `all` options everything counts. The last have no flag, and
/// [`config`] reads them itself.
macro_rules! options {
    ($($(#[doc = $doc:literal])+ #[arg($($arg:tt)*)] $(#[serde($($serde:tt)*)])? $kind:ident $name:ident: $type:ty, given $given:ty;)*) => {
        /// What to generate, from what, and where to write it.
        #[derive(Clone, Debug, Default, PartialEq, clap::Args, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Options {
            $($(#[doc = $doc])+ #[arg($($arg)*)] $(#[serde($($serde)*)])? pub $name: $type,)*
        }

        impl Options {
            /// The keys of `rbindgen.toml`.
            pub const KEYS: &'static [&'static str] = &[$(stringify!($name)),*];

            /// These options, and from `file` what they leave open.
            #[must_use]
            pub fn or(self, file: Options) -> Options {
                Options { $($name: options!(@or $kind self.$name, file.$name)),* }
            }
        }

        impl crate::Builder {
            $($(#[doc = $doc])+ #[must_use] pub fn $name(mut self, value: impl Into<$given>) -> Self {
                options!(@set $kind self.options.$name, value);
                self
            })*
        }
    };
    (@or many $first:expr, $second:expr) => { if $first.is_empty() { $second } else { $first } };
    (@or one $first:expr, $second:expr) => { $first.or($second) };
    (@or all $first:expr, $second:expr) => { $first.and($second) };
    (@set all $place:expr, $value:expr) => { $place.extend($value.into()) };
    (@set many $place:expr, $value:expr) => { $place.extend($value.into()) };
    (@set one $place:expr, $value:expr) => { $place = Some($value.into()) };
}

options! {
    /// The R packages to make bindings for.
    #[arg(value_name = "PACKAGE")]
    many packages: Vec<String>, given Vec<String>;

    /// The folder for the Rust modules.
    #[arg(long, value_name = "PATH")]
    one rust: Option<PathBuf>, given PathBuf;

    /// The folder for the Python modules.
    #[arg(long, value_name = "PATH")]
    one python: Option<PathBuf>, given PathBuf;

    /// A snapshot to generate from instead of the R of this machine.
    #[arg(long, value_name = "SNAPSHOT")]
    one from: Option<PathBuf>, given PathBuf;

    /// A folder of R packages to search before R's own libraries; may be given several times.
    #[arg(long = "lib", value_name = "DIR")]
    many libraries: Vec<PathBuf>, given Vec<PathBuf>;

    /// The seconds that looking into one package may take (60 where nothing is said).
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    one timeout: Option<u64>, given u64;

    /// Ask R about every package, also about those that have not changed since the last time.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    one no_cache: Option<bool>, given bool;

    /// Corrections of what inference finds: types of parameters, results, fields and columns, names, and what to leave out.
    #[arg(skip)]
    #[serde(skip)]
    all overrides: Overrides, given Overrides;
}

/// The seconds that one package gets.
pub const TIMEOUT: u64 = 60;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Flags {
        #[command(flatten)]
        options: Options,
    }

    /// Each option through each of its doors gives the same.
    #[test]
    fn every_option_round_trips() {
        let flags = Flags::parse_from([
            "rbindgen",
            "stats",
            "MASS",
            "--rust",
            "r",
            "--python",
            "p",
            "--from",
            "s.json",
            "--lib",
            "a",
            "--lib",
            "b",
            "--timeout",
            "7",
            "--no-cache",
        ])
        .options;
        let text = "packages = ['stats', 'MASS']\nrust = 'r'\npython = 'p'\nfrom = 's.json'\nlibraries = ['a', 'b']\ntimeout = 7\nno_cache = true\n";
        let read = |text: &str| config::parse(text, Path::new("rbindgen.toml")).unwrap();
        let file = read(text);
        let builder = crate::Builder::new()
            .package("stats")
            .packages(["MASS".to_owned()])
            .rust("r")
            .python("p")
            .from("s.json")
            .libraries([PathBuf::from("a"), PathBuf::from("b")])
            .timeout(7_u64)
            .no_cache(true);
        assert_eq!(flags, file);
        assert_eq!(flags, builder.options);
        // Corrections have no flag.
        let overrides = "[stats.functions.sd]\nskip = true";
        let corrected = builder.overrides(overrides.parse::<Overrides>().unwrap());
        assert_eq!(
            corrected.options,
            read(&(text.to_owned() + "[overrides.stats.functions.sd]\nskip = true"))
        );
        assert_ne!(corrected.options, file);
        assert_eq!(
            Options::KEYS,
            ["packages", "rust", "python", "from", "libraries", "timeout", "no_cache", "overrides"]
        );
    }

    #[test]
    fn what_is_said_first_wins() {
        let first = Options { rust: Some("a".into()), ..Options::default() };
        let file = Options { rust: Some("b".into()), timeout: Some(3), ..Options::default() };
        let both = first.or(file);
        assert_eq!((both.rust, both.timeout), (Some("a".into()), Some(3)));
    }
}
