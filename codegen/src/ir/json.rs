//! Snapshots as stable, readable JSON.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Package, S4Method, SCHEMA, Snapshot};

/// Why a snapshot could not be read.
#[derive(Clone, Debug)]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// Line and column, counted from one, where the text itself is wrong.
    pub position: Option<(usize, usize)>,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some((line, column)) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// The snapshot as text: two spaces, fields in the order of their declaration, a newline at the end.
pub fn write(snapshot: &Snapshot) -> String {
    let mut text = serde_json::to_string_pretty(snapshot).expect("a snapshot holds only what JSON can hold");
    text.push('\n');
    text
}

/// Reads the snapshot in the file `path`.
///
/// # Errors
/// When the file cannot be read, is not a snapshot, or has another schema version.
pub fn read(path: &Path) -> Result<Snapshot, ReadError> {
    let fail = |position, reason| ReadError { path: path.to_owned(), position, reason };
    let text = std::fs::read_to_string(path).map_err(|error| fail(None, error.to_string()))?;
    let mut snapshot = parse(&text).map_err(|(position, reason)| fail(position, reason))?;
    // The order of a file that was merged by hand is not to be relied on.
    snapshot.packages.sort_by(|a, b| a.name.cmp(&b.name));
    for package in &mut snapshot.packages {
        sort(package);
    }
    if let Some(pair) = snapshot.packages.windows(2).find(|pair| pair[0].name == pair[1].name) {
        return Err(fail(None, format!("the package {} is in it twice", pair[0].name)));
    }
    Ok(snapshot)
}

/// Puts everything into the order that introspection gives it.
fn sort(package: &mut Package) {
    package.datasets.sort_by(|a, b| a.name.cmp(&b.name));
    package.functions.sort_by(|a, b| a.name.cmp(&b.name));
    package.constants.sort_by(|a, b| a.name.cmp(&b.name));
    package.environments.sort_by(|a, b| a.name.cmp(&b.name));
    package.environments.iter_mut().for_each(|one| one.members.sort_by(|a, b| a.name.cmp(&b.name)));
    package.reexports.sort();
    package.imports.sort();
    package.s3_methods.sort();
    package.s4_classes.sort_by(|a, b| a.name.cmp(&b.name));
    package.s4_classes.iter_mut().for_each(|one| one.subclasses.sort());
    package.s4_generics.sort_by(|a, b| a.name.cmp(&b.name));
    let key = |one: &S4Method| (one.generic.clone(), one.package.clone(), one.signature.clone());
    package.s4_methods.sort_by_cached_key(key);
    package.reference_classes.sort_by(|a, b| a.name.cmp(&b.name));
    package.reference_classes.iter_mut().for_each(|one| one.methods.sort_by(|a, b| a.name.cmp(&b.name)));
    package.r6_classes.sort_by(|a, b| a.generator.cmp(&b.generator));
    for class in &mut package.r6_classes {
        class.fields.sort_by(|a, b| a.name.cmp(&b.name));
        class.methods.sort_by(|a, b| a.name.cmp(&b.name));
        class.active.sort_by(|a, b| a.name.cmp(&b.name));
    }
    package.conditions.sort();
    package.conditions.iter_mut().for_each(|one| one.signalled_by.sort());
    package.pages.sort_by(|a, b| a.topic.cmp(&b.topic));
    package.foreign.sort_by(|a, b| a.name.cmp(&b.name));
}

type Position = Option<(usize, usize)>;

fn parse(text: &str) -> Result<Snapshot, (Position, String)> {
    /// Only the version, so that a file of another version is not taken for a malformed one.
    #[derive(Deserialize)]
    struct Versioned {
        schema: Option<serde_json::Value>,
    }
    let explain = |error: serde_json::Error| {
        let text = error.to_string();
        let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason).to_owned();
        let position = (error.line() > 0).then(|| (error.line(), error.column().max(1)));
        (position, reason)
    };
    let versioned: Versioned = serde_json::from_str(text).map_err(explain)?;
    match versioned.schema {
        Some(number) if number.as_u64() == Some(u64::from(SCHEMA)) => {}
        Some(other) => {
            return Err((
                None,
                format!("it has schema version {other}, and this rbindgen reads version {SCHEMA}"),
            ));
        }
        None => return Err((None, "it has no \"schema\": it is not a snapshot of rbindgen".to_owned())),
    }
    serde_json::from_str(text).map_err(explain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{DataSet, Kind, Object, Time};

    fn sample() -> Snapshot {
        let time = Some(Time { start: 1959.0, end: 1997.0 + 11.0 / 12.0, frequency: 12.0 });
        let object = Object { kind: Kind::Double, length: 468, time, ..Object::default() };
        let dataset = DataSet { name: "co2".into(), lazy: true, object, ..DataSet::default() };
        let package = Package { name: "p".into(), datasets: vec![dataset], ..Package::default() };
        Snapshot::new(vec![package])
    }

    #[test]
    fn numbers_survive_to_the_bit() {
        let text = write(&sample());
        assert_eq!(parse(&text).unwrap(), sample());
        assert_eq!(write(&parse(&text).unwrap()), text);
    }

    #[test]
    fn errors_say_where() {
        let (position, reason) = parse("{\n  \"schema\": 1,\n  \"packages\": [}\n").unwrap_err();
        assert_eq!(position, Some((3, 16)));
        assert_eq!(reason, "expected value");
    }

    #[test]
    fn another_schema_is_named() {
        let (_, reason) = parse("{\"schema\": 7, \"new\": true}").unwrap_err();
        assert_eq!(reason, "it has schema version 7, and this rbindgen reads version 1");
        let (_, reason) = parse("{}").unwrap_err();
        assert!(reason.contains("not a snapshot"), "{reason}");
    }

    #[test]
    fn unknown_fields_are_refused() {
        let (_, reason) = parse("{\"schema\": 1, \"packages\": [], \"extra\": 1}").unwrap_err();
        assert!(reason.contains("extra"), "{reason}");
    }
}
