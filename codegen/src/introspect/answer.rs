//! From what the child sent to the intermediate representation.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::code::Code;
use super::pages::Pages;
use super::rds::Value;
use super::{functions, help, page, topics};
use crate::ir::{Axis, DataSet, Factor, Field, Kind, Object, Package, RowNames, Time};

/// What the child answers.
#[derive(Debug)]
pub enum Answer {
    /// There is no such package.
    Absent {
        /// Where R looked.
        libraries: Vec<PathBuf>,
        /// What is there.
        installed: Vec<String>,
    },
    /// The package does not load.
    Failed {
        /// R's message.
        reason: String,
    },
    /// The package.
    Package {
        /// What it holds.
        package: Box<Package>,
        /// Where it is installed.
        path: PathBuf,
        /// Data sets that could not be loaded, with R's message.
        failures: Vec<(String, String)>,
        /// Bindings that could not be read, with R's message.
        lost: Vec<(String, String)>,
    },
}

/// A child that does not keep to the script is a defect of ours: the error names what is missing.
pub(super) type Result<T> = std::result::Result<T, String>;

/// Reads the answer about the package `name`.
pub fn read(name: &str, root: &Value) -> Result<Answer> {
    if root.element("absent").is_some() {
        let libraries = strings(root, "libraries").into_iter().map(PathBuf::from).collect();
        return Ok(Answer::Absent { libraries, installed: strings(root, "installed") });
    }
    if let Some(reason) = root.element("failed") {
        return Ok(Answer::Failed {
            reason: reason.string().unwrap_or("an error without a message").to_owned(),
        });
    }
    let path = PathBuf::from(string(root, "path")?);
    // A package may be installed without its help.
    let trees = help::trees(&path, name).unwrap_or_default();
    let pages = Pages::new(&trees);
    let mut datasets = BTreeMap::new();
    let mut failures = Vec::new();
    for entry in root.element("datasets").and_then(Value::elements).unwrap_or_default() {
        let dataset = string(entry, "name")?;
        if let Some(reason) = entry.element("failed") {
            failures.push((dataset, reason.string().unwrap_or_default().to_owned()));
            continue;
        }
        let object = object(entry.element("object").ok_or_else(|| missing("object"))?)?;
        let help = pages.dataset(&dataset, &object);
        let lazy = entry.element("lazy").and_then(Value::flag).unwrap_or(false);
        let file = entry.element("file").and_then(Value::string).map(str::to_owned);
        datasets.insert(dataset.clone(), DataSet { name: dataset, file, lazy, object, help });
    }
    let mut package = Package {
        name: name.to_owned(),
        version: string(root, "version")?,
        r_version: string(root, "r_version")?,
        title: string(root, "title")?,
        description: string(root, "description")?,
        depends: depends(&strings(root, "depends")),
        datasets: datasets.into_values().collect(),
        ..Package::default()
    };
    let mut code = Code::default();
    let lost = match root.element("code") {
        Some(namespace) => functions::namespace(namespace, &mut code, &mut package)?,
        None => Vec::new(),
    };
    topics::assign(&mut package, trees.iter().map(page::page).collect());
    Ok(Answer::Package { package: Box::new(package), path, failures, lost })
}

/// The packages that these fields of a DESCRIPTION name, without versions and without R itself, sorted.
fn depends(fields: &[String]) -> Vec<String> {
    let names = fields.iter().flat_map(|field| field.split(','));
    let names = names.map(|one| one.split('(').next().unwrap_or_default().trim().to_owned());
    let names: std::collections::BTreeSet<String> =
        names.filter(|one| !one.is_empty() && one != "R").collect();
    names.into_iter().collect()
}

fn missing(element: &str) -> String {
    format!("the element {element} is missing or has another type than the script gives it")
}

pub(super) fn string(value: &Value, element: &str) -> Result<String> {
    let found = value.element(element).and_then(Value::string);
    found.map(str::to_owned).ok_or_else(|| missing(element))
}

/// The strings of an element, without NA; none where it is NULL or missing.
pub(super) fn strings(value: &Value, element: &str) -> Vec<String> {
    let strings = value.element(element).and_then(Value::strings).unwrap_or_default();
    strings.iter().flatten().map(|one| one.to_string()).collect()
}

/// The flag of an element; false where it is NA or missing.
pub(super) fn flag(value: &Value, element: &str) -> bool {
    value.element(element).and_then(Value::flag).unwrap_or(false)
}

/// The flags of an element; none where it is NULL or missing.
pub(super) fn flags(value: &Value, element: &str) -> Vec<bool> {
    match value.element(element).map(|flags| &flags.data) {
        Some(super::rds::Data::Logical(flags)) => flags.iter().map(|&flag| flag == 1).collect(),
        _ => Vec::new(),
    }
}

/// The numbers of an element; `None` where it is NULL or empty.
fn numbers<'a>(value: &'a Value, element: &str) -> Option<&'a [f64]> {
    match &value.element(element)?.data {
        super::rds::Data::Double(numbers) if !numbers.is_empty() => Some(numbers),
        _ => None,
    }
}

/// The strings of a character vector, `None` for NA.
pub(super) fn optional_strings(value: &Value) -> Vec<Option<String>> {
    let strings = value.strings().unwrap_or_default();
    strings.iter().map(|one| one.as_deref().map(str::to_owned)).collect()
}

/// The schema that the function `skeleton` of the script describes.
pub(super) fn object(value: &Value) -> Result<Object> {
    let count = |element| value.element(element).and_then(Value::number).unwrap_or(0.0) as u64;
    let class = strings(value, "class");
    let factor = value.element("levels").filter(|levels| levels.strings().is_some()).map(|levels| Factor {
        levels: optional_strings(levels),
        ordered: class.iter().any(|one| one == "ordered"),
    });
    let time = match numbers(value, "tsp") {
        // Numbers that JSON cannot hold are no times.
        Some(&[start, end, frequency]) if [start, end, frequency].iter().all(|one| one.is_finite()) => {
            Some(Time { start, end, frequency })
        }
        _ => None,
    };
    let row_names = match value.element("row_names").and_then(Value::string) {
        Some("automatic") => Some(RowNames::Automatic),
        Some("integer") => Some(RowNames::Integer),
        Some(_) => Some(RowNames::Character),
        None => None,
    };
    let dim = numbers(value, "dim").map(|extents| extents.iter().map(|&extent| extent as u64).collect());
    let mut fields = Vec::new();
    let names = value.element("field_names").map(optional_strings).unwrap_or_default();
    let elements = value.element("fields").and_then(Value::elements).unwrap_or_default();
    for (name, element) in names.into_iter().zip(elements) {
        fields.push(Field { name: name.unwrap_or_default(), object: object(element)? });
    }
    let mut attributes = BTreeMap::new();
    let elements = value.element("attributes").and_then(Value::elements).unwrap_or_default();
    for (name, element) in strings(value, "attribute_names").into_iter().zip(elements) {
        attributes.insert(name, object(element)?);
    }
    Ok(Object {
        kind: kind(&string(value, "kind")?),
        length: count("length"),
        missing: count("missing"),
        class,
        names: value.element("names").and_then(Value::flag).unwrap_or(false),
        factor,
        dim,
        dimnames: axes(value),
        time,
        row_names,
        rows: value.element("rows").and_then(Value::number).map(|rows| rows as u64),
        fields,
        attributes,
    })
}

fn axes(value: &Value) -> Option<Vec<Axis>> {
    let names = value.element("dimnames")?.elements()?;
    let titles = value.element("axes").map(optional_strings).unwrap_or_default();
    let axis = |(index, names): (usize, &Value)| Axis {
        title: titles.get(index).cloned().flatten().filter(|title| !title.is_empty()),
        names: names.strings().map(|_| optional_strings(names)),
    };
    Some(names.iter().enumerate().map(axis).collect())
}

/// The word that `typeof` prints.
fn kind(word: &str) -> Kind {
    match word {
        "NULL" => Kind::Null,
        "logical" => Kind::Logical,
        "integer" => Kind::Integer,
        "double" => Kind::Double,
        "complex" => Kind::Complex,
        "character" => Kind::Character,
        "raw" => Kind::Raw,
        "list" => Kind::List,
        "pairlist" => Kind::Pairlist,
        "expression" => Kind::Expression,
        "language" => Kind::Language,
        "symbol" => Kind::Symbol,
        "closure" | "builtin" | "special" => Kind::Function,
        "environment" => Kind::Environment,
        "S4" | "object" => Kind::S4,
        _ => Kind::Other,
    }
}
