//! Reading `rbindgen.toml`.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::de::DeTable;

use super::Options;
use crate::diagnostics::{Problem, nearest, position};
use crate::infer::overrides;

/// The file that the command reads when none is named and it is there.
pub const DEFAULT: &str = "rbindgen.toml";

/// Reads the options in the file `path`. Its relative paths are meant from the folder that it lies in.
///
/// # Errors
/// When it cannot be read, is not TOML, has an unknown key or a value of the wrong type.
pub fn read(path: &Path) -> Result<Options, Problem> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Problem::ConfigUnreadable { path: path.to_owned(), reason: error.to_string() })?;
    let mut options = parse(&text, path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let absolute = |one: &mut PathBuf| *one = folder.join(&*one);
    [&mut options.rust, &mut options.python, &mut options.from].into_iter().flatten().for_each(absolute);
    options.libraries.iter_mut().for_each(absolute);
    Ok(options)
}

pub(super) fn parse(text: &str, path: &Path) -> Result<Options, Problem> {
    let malformed = |error: toml::de::Error| {
        let (line, column) = position(text, error.span().map_or(0, |span| span.start));
        let reason = error.message().trim().replace('\n', " ");
        Problem::ConfigMalformed { path: path.to_owned(), line, column, reason }
    };
    let mut table = DeTable::parse(text).map_err(malformed)?;
    // serde would find an unknown key too, but not tell which is nearest.
    let mut unknown: Vec<_> =
        table.get_ref().keys().filter(|key| !Options::KEYS.contains(&key.get_ref().as_ref())).collect();
    unknown.sort_by_key(|key| key.span().start);
    if let Some(key) = unknown.first() {
        let (line, column) = position(text, key.span().start);
        let name = key.get_ref().to_string();
        let near = nearest(&name, Options::KEYS.iter().copied());
        return Err(Problem::UnknownKey {
            path: path.to_owned(),
            line,
            column,
            key: name,
            near,
            known: Options::KEYS.iter().map(|known| (*known).to_owned()).collect(),
        });
    }
    // They are read from the tree, which knows where each of them is.
    let overrides = table.get_mut().remove("overrides");
    let mut options = Options::deserialize(toml::Deserializer::from(table)).map_err(malformed)?;
    if let Some(overrides) = overrides {
        options.overrides = overrides::read(&overrides, text, path)?;
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        parse(text, Path::new("rbindgen.toml")).unwrap_err().to_string()
    }

    #[test]
    fn unknown_keys() {
        assert_eq!(
            message("packages = []\n\npyhton = 'x'\n"),
            "error[RB0403]: rbindgen.toml:3:1: there is no option `pyhton`\n  help: did you mean `python`?"
        );
        assert!(message("[zzz]\nx = 1").contains("the options are packages, rust"));
    }

    #[test]
    fn wrong_values_and_bad_syntax() {
        assert!(message("timeout = 'x'").starts_with("error[RB0402]: rbindgen.toml:1:11: invalid type"));
        assert!(message("packages = [\n").starts_with("error[RB0402]: rbindgen.toml:"));
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rbindgen.toml");
        std::fs::write(&path, "rust = 'x'\n").unwrap();
        assert_eq!(read(&path).unwrap().rust, Some(folder.path().join("x")));
    }
}
