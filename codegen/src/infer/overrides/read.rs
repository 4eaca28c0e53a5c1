//! Corrections from TOML.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Change, Entry, Item, Overrides};
use crate::diagnostics::{Problem, nearest, position};
use crate::ir::types::Type;

/// Reads the table `overrides` of the file `path`, which holds `text`.
///
/// # Errors
/// At the first thing that is not a correction.
pub fn read(value: &Spanned<DeValue<'_>>, text: &str, path: &Path) -> Result<Overrides, Problem> {
    let mut reader = Reader { text, path, found: Overrides::default() };
    let packages = reader.table(value, "a table for each package")?;
    reader.packages(packages)?;
    Ok(reader.found)
}

/// Reads a text that holds nothing but corrections.
pub fn parse(text: &str, path: &Path) -> Result<Overrides, Problem> {
    let mut reader = Reader { text, path, found: Overrides::default() };
    let table = DeTable::parse(text)
        .map_err(|error| reader.fail(error.span().unwrap_or_default(), error.message().trim()))?;
    reader.packages(table.get_ref())?;
    Ok(reader.found)
}

struct Reader<'t> {
    text: &'t str,
    path: &'t Path,
    found: Overrides,
}

/// A key with its value.
type Pair<'a, 'i> = (&'a Spanned<std::borrow::Cow<'i, str>>, &'a Spanned<DeValue<'i>>);

type Result<T, E = Problem> = std::result::Result<T, E>;

const KINDS: [&str; 3] = ["functions", "classes", "data"];

impl Reader<'_> {
    fn fail(&self, span: Range<usize>, reason: impl Into<String>) -> Problem {
        let (line, column) = position(self.text, span.start);
        Problem::OverrideMalformed { path: self.path.to_owned(), line, column, reason: reason.into() }
    }

    fn table<'a, 'i>(&self, value: &'a Spanned<DeValue<'i>>, wanted: &str) -> Result<&'a DeTable<'i>> {
        value.get_ref().as_table().ok_or_else(|| self.fail(value.span(), format!("expected {wanted}")))
    }

    /// The pairs of a table in the order of the file.
    fn pairs<'a, 'i>(table: &'a DeTable<'i>) -> Vec<Pair<'a, 'i>> {
        let mut pairs: Vec<Pair<'a, 'i>> = table.iter().collect();
        pairs.sort_by_key(|(key, _)| key.span().start);
        pairs
    }

    fn packages(&mut self, packages: &DeTable<'_>) -> Result<()> {
        for (package, value) in Self::pairs(packages) {
            let kinds = self.table(value, "a table with functions, classes or data")?;
            for (kind, value) in Self::pairs(kinds) {
                let known = KINDS.iter().find(|one| *one == kind.get_ref());
                let Some(known) = known else { return Err(self.unknown(kind, &KINDS)) };
                for (name, value) in Self::pairs(self.table(value, "a table for each name")?) {
                    self.item(package.get_ref(), known, name.get_ref(), value)?;
                }
            }
        }
        Ok(())
    }

    fn item(&mut self, package: &str, kind: &str, name: &str, value: &Spanned<DeValue<'_>>) -> Result<()> {
        // `returns` comes before `fields`, which changes what it says.
        let known: &[&str] = match kind {
            "functions" => &["returns", "parameters", "fields", "rename", "skip", "reason"],
            "classes" => &["fields", "slots", "rename", "skip", "reason"],
            _ => &["columns", "rename", "skip", "reason"],
        };
        let table = self.table(value, "a table")?;
        let mut pairs = Self::pairs(table);
        if let Some((key, _)) = pairs.iter().find(|(key, _)| !known.contains(&key.get_ref().as_ref())) {
            return Err(self.unknown(key, known));
        }
        pairs.sort_by_key(|(key, _)| known.iter().position(|one| one == key.get_ref()));
        let reason = match table.get("reason") {
            Some(reason) => Some(self.string(reason)?.to_owned()),
            None => None,
        };
        for (key, value) in pairs {
            for (span, change) in self.changes(kind, name, key.get_ref(), value)? {
                let (line, column) = position(self.text, span.start);
                let place = format!("{}:{line}:{column}", self.path.display());
                self.found.entries.push(Entry {
                    package: package.to_owned(),
                    change,
                    reason: reason.clone(),
                    place,
                });
            }
        }
        Ok(())
    }

    /// What one key of a function, class or data set changes, and where each is written.
    fn changes(
        &self,
        kind: &str,
        name: &str,
        key: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Vec<(Range<usize>, Change)>> {
        let name = name.to_owned();
        let item = |name| match kind {
            "functions" => Item::Function(name),
            "classes" => Item::Class(name),
            _ => Item::DataSet(name),
        };
        let make: fn(String, String, Type) -> Change = match (kind, key) {
            (_, "reason") => return Ok(Vec::new()),
            (_, "returns") => {
                return Ok(vec![(value.span(), Change::Returns(name, self.ty(value)?))]);
            }
            (_, "rename") => {
                let wanted = self.string(value)?;
                if !is_identifier(wanted) {
                    return Err(self.fail(value.span(), "a name is letters, digits and _, no digit first"));
                }
                return Ok(vec![(value.span(), Change::Rename(item(name), wanted.to_owned()))]);
            }
            (_, "skip") => {
                let skip = value.get_ref().as_bool();
                let skip = skip.ok_or_else(|| self.fail(value.span(), "expected true or false"))?;
                let change = (value.span(), Change::Skip(item(name)));
                return Ok(skip.then_some(change).into_iter().collect());
            }
            (_, "parameters") => Change::Parameter,
            ("functions", "fields") => Change::ReturnedField,
            (_, "fields") => Change::Field,
            (_, "slots") => Change::Slot,
            _ => Change::Column,
        };
        let mut changes = Vec::new();
        for (key, value) in Self::pairs(self.table(value, "a table with a type for each name")?) {
            changes.push((key.span(), make(name.clone(), key.get_ref().to_string(), self.ty(value)?)));
        }
        Ok(changes)
    }

    fn string<'a>(&self, value: &'a Spanned<DeValue<'_>>) -> Result<&'a str> {
        value.get_ref().as_str().ok_or_else(|| self.fail(value.span(), "expected a string"))
    }

    fn ty(&self, value: &Spanned<DeValue<'_>>) -> Result<Type> {
        let text = match value.get_ref() {
            // `parameters.a.b = ".."` for the parameter `a.b`.
            DeValue::Table(_) => {
                return Err(
                    self.fail(value.span(), "expected a type; a name with dots is quoted: \"na.rm\" = ..")
                );
            }
            _ => self.string(value)?,
        };
        let ty: Type = text
            .parse()
            .map_err(|error| self.fail(value.span(), format!("the type {text:?} is wrong {error}")))?;
        if ty.is_never() {
            return Err(self.fail(value.span(), "a type that has no values fits nowhere"));
        }
        Ok(ty)
    }

    fn unknown(&self, key: &Spanned<std::borrow::Cow<'_, str>>, known: &[&str]) -> Problem {
        let name = key.get_ref();
        let near = nearest(name, known.iter().copied());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}; a name with dots is quoted", known.join(", ")),
        };
        self.fail(key.span(), format!("there is no key `{name}`: {help}"))
    }
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c))
        && characters.all(unicode_ident::is_xid_continue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, String> {
        match parse(text, Path::new("f.toml")) {
            Ok(found) => {
                let show = |one: Entry| format!("{} {} {:?}", one.place, one.package, one.change);
                Ok(found.entries.into_iter().map(show).collect())
            }
            Err(problem) => Err(problem.message()),
        }
    }

    #[test]
    fn every_change() {
        let text = r#"
[stats.functions.lm]
fields.a = "double"
parameters."na.rm" = "logical"
returns = "class<`lm`>"
skip = true
rename = "linear"
[stats.classes.lm]
slots.b = "any"
fields.c = "any"
[stats.data.d]
columns.x = "integer[]"
skip = false
"#;
        let read = read(text).unwrap();
        let starts = [
            "f.toml:5:11 stats Returns(\"lm\"",
            "f.toml:4:12 stats Parameter(\"lm\", \"na.rm\"",
            "f.toml:3:8 stats ReturnedField(\"lm\", \"a\"",
            "f.toml:7:10 stats Rename(Function(\"lm\"), \"linear\")",
            "f.toml:6:8 stats Skip(Function(\"lm\"))",
            "f.toml:10:8 stats Field(\"lm\", \"c\", Any)",
            "f.toml:9:7 stats Slot(\"lm\", \"b\", Any)",
            "f.toml:12:9 stats Column(\"d\", \"x\"",
        ];
        assert_eq!(read.len(), starts.len(), "{read:#?}");
        for (one, start) in read.iter().zip(starts) {
            assert!(one.starts_with(start), "{one} {start}");
        }
    }

    #[test]
    fn what_is_wrong_and_where() {
        for (text, message) in [
            ("stats = 1", "f.toml:1:9: expected a table with functions, classes or data"),
            ("[stats.function.lm]", "f.toml:1:8: there is no key `function`: did you mean `functions`?"),
            (
                "[s.functions.lm]\nreturns = 'double['",
                "f.toml:2:11: the type \"double[\" is wrong at character 7: expected the end, or `|`",
            ),
            ("[s.functions.lm]\nskip = 1", "f.toml:2:8: expected true or false"),
            (
                "[s.functions.lm]\nrename = 'a-b'",
                "f.toml:2:10: a name is letters, digits and _, no digit first",
            ),
            (
                "[s.functions.lm]\nparameters.na.rm = 'any'",
                "f.toml:2:12: expected a type; a name with dots is quoted: \"na.rm\" = ..",
            ),
            (
                "[s.functions.lm.fit]\nskip = true",
                "f.toml:1:17: there is no key `fit`: it is one of returns, parameters, fields, rename, skip, reason; a name with dots is quoted",
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), message);
        }
        assert!(read("[s").unwrap_err().starts_with("f.toml:1:"));
    }
}
