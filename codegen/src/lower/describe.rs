//! One paragraph about an object, from its schema: what a user wants to know before looking at it.

use crate::infer::{self, Atomic, Type};
use crate::ir::text::Inline;
use crate::ir::{Axis, Object, RowNames};

/// Describes an object.
pub fn object(object: &Object) -> Vec<Inline> {
    let mut out = Sentence::default();
    match infer::of(object) {
        Type::Factor { levels, ordered } => factor(&mut out, object, levels.len(), ordered),
        Type::OpenFactor => {
            let levels = object.factor.as_ref().map_or(0, |factor| factor.levels.len());
            factor(&mut out, object, levels, object.factor.as_ref().is_some_and(|factor| factor.ordered));
        }
        Type::Frame(_) => frame(&mut out, object),
        Type::Record(_) => {
            out.text(format!("A list with {}: ", count(object.length, "element", "elements")));
            let names = object.fields.iter().map(|field| field.name.as_str());
            let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
            out.codes(&names);
        }
        Type::List => out.text(format!("A list with {}", count(object.length, "element", "elements"))),
        Type::Function => out.text("A function"),
        Type::Environment => out.text("An environment"),
        Type::Any => out.text("An R object"),
        Type::TimeSeries(inner) => series(&mut out, object, &inner),
        Type::Matrix(atomic) | Type::Array(atomic) => shaped(&mut out, object, atomic),
        Type::Vector(atomic) => {
            let named = if object.names { "named vector" } else { "vector" };
            out.text(format!("A {named} of {}", elements(object.length, atomic)));
        }
    }
    class_and_attributes(&mut out, object);
    out.text(".");
    columns(&mut out, object);
    if object.missing > 0 {
        let verb = if object.missing == 1 { "is" } else { "are" };
        out.text(format!(" {} of {} values {verb} NA.", object.missing, object.length));
    }
    out.0
}

/// Text in the making; neighbouring pieces of plain text are one.
#[derive(Default)]
struct Sentence(Vec<Inline>);

impl Sentence {
    fn text(&mut self, text: impl AsRef<str>) {
        match self.0.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text.as_ref()),
            _ => self.0.push(Inline::Text(text.as_ref().to_owned())),
        }
    }

    fn codes(&mut self, words: &[&str]) {
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                self.text(if index + 1 == words.len() { " and " } else { ", " });
            }
            self.0.push(Inline::Code((*word).to_owned()));
        }
    }
}

fn frame(out: &mut Sentence, object: &Object) {
    let rows = match object.row_names {
        Some(RowNames::Character) => count(object.rows.unwrap_or(0), "named row", "named rows"),
        _ => count(object.rows.unwrap_or(0), "row", "rows"),
    };
    out.text(format!("A data frame with {rows} and {}", count(object.length, "column", "columns")));
}

fn factor(out: &mut Sentence, object: &Object, levels: usize, ordered: bool) {
    let kind = if ordered { "An ordered factor" } else { "A factor" };
    let values = count(object.length, "value", "values");
    out.text(format!("{kind} with {} and {values}", count(levels as u64, "level", "levels")));
}

fn series(out: &mut Sentence, object: &Object, inner: &Type<'_>) {
    match (inner, object.dim.as_deref()) {
        (Type::Matrix(_), Some(&[times, series])) => {
            out.text(format!(
                "{} of {times} values each",
                count(series, "time series", "parallel time series")
            ));
        }
        _ => out.text(format!("A time series of {}", count(object.length, "value", "values"))),
    }
    if let Some(time) = object.time {
        let (start, end) = (short(time.start), short(time.end));
        out.text(format!(" from {start} to {end}, with frequency {}", short(time.frequency)));
    }
}

fn shaped(out: &mut Sentence, object: &Object, atomic: Atomic) {
    let dim = object.dim.as_deref().unwrap_or_default();
    let table = object.inherits("table");
    let kind = match (table, dim.len()) {
        (true, _) => "A contingency table",
        (false, 2) => "A matrix",
        (false, _) => "An array",
    };
    out.text(format!("{kind} of {}", noun(atomic, 2)));
    let titles: Vec<Option<&str>> = match &object.dimnames {
        Some(axes) => axes.iter().map(|axis| axis.title.as_deref()).collect(),
        None => Vec::new(),
    };
    match dim {
        [rows, columns] if titles.iter().all(Option::is_none) => {
            out.text(format!(
                " with {} and {}",
                count(*rows, "row", "rows"),
                count(*columns, "column", "columns")
            ));
        }
        _ => {
            let extents: Vec<String> = dim.iter().map(u64::to_string).collect();
            out.text(format!(", {}", extents.join(" \u{d7} ")));
        }
    }
    let titles: Vec<&str> = titles.into_iter().flatten().collect();
    if !titles.is_empty() {
        out.text(": ");
        out.codes(&titles);
    }
}

/// The names of a matrix's columns, where they are few enough to read.
fn columns(out: &mut Sentence, object: &Object) {
    let axes = object.dimnames.as_deref().unwrap_or_default();
    let [_, Axis { names: Some(names), title: None }] = axes else { return };
    let names: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
    if (1..=MOST_NAMES).contains(&names.len()) {
        out.text(" Columns: ");
        out.codes(&names);
        out.text(".");
    }
}

/// More names than this would hide the sentence that they belong to.
const MOST_NAMES: usize = 16;

/// Classes that the type does not say, and attributes that make them what they are.
fn class_and_attributes(out: &mut Sentence, object: &Object) {
    const SAID: &[&str] = &["data.frame", "factor", "ordered", "ts", "mts", "table", "matrix", "array"];
    let classes: Vec<&str> =
        object.class.iter().map(String::as_str).filter(|class| !SAID.contains(class)).collect();
    if let Some(class) = classes.first() {
        out.text(", of class ");
        out.codes(&[class]);
    }
    let attributes: Vec<&str> = object.attributes.keys().map(String::as_str).collect();
    if !attributes.is_empty() && attributes.len() <= 8 {
        out.text(if attributes.len() == 1 { ", with the attribute " } else { ", with the attributes " });
        out.codes(&attributes);
    }
}

fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn elements(number: u64, atomic: Atomic) -> String {
    format!("{number} {}", noun(atomic, number))
}

fn noun(atomic: Atomic, number: u64) -> &'static str {
    let (one, many) = match atomic {
        Atomic::Logical => ("logical", "logicals"),
        Atomic::Integer => ("integer", "integers"),
        Atomic::Double => ("double", "doubles"),
        Atomic::Complex => ("complex number", "complex numbers"),
        Atomic::Character => ("string", "strings"),
        Atomic::Raw => ("byte", "bytes"),
    };
    if number == 1 { one } else { many }
}

/// A time as one reads it: at most three decimals.
fn short(time: f64) -> String {
    let text = format!("{time:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::text::plain;
    use crate::ir::{Factor, Kind, Time};

    fn said(of: Object) -> String {
        plain(&object(&of))
    }

    #[test]
    fn sentences() {
        let vector = Object { kind: Kind::Double, length: 48, names: true, ..Object::default() };
        assert_eq!(said(vector.clone()), "A named vector of 48 doubles.");
        let gaps = Object { missing: 1, names: false, ..vector.clone() };
        assert_eq!(said(gaps), "A vector of 48 doubles. 1 of 48 values is NA.");
        let time = Some(Time { start: 1949.0, end: 1960.0 + 11.0 / 12.0, frequency: 12.0 });
        let series = Object { time, class: vec!["ts".into()], names: false, ..vector.clone() };
        assert_eq!(said(series), "A time series of 48 values from 1949 to 1960.917, with frequency 12.");
        let axis = |title: &str| Axis { title: Some(title.into()), names: None };
        let table = Object {
            dim: Some(vec![4, 12]),
            dimnames: Some(vec![axis("Class"), axis("Sex")]),
            class: vec!["table".into()],
            ..vector.clone()
        };
        assert_eq!(said(table), "A contingency table of doubles, 4 × 12: Class and Sex.");
        let columns = Axis { title: None, names: Some(vec![Some("a".into()), Some("b".into())]) };
        let matrix = Object {
            dim: Some(vec![24, 2]),
            dimnames: Some(vec![Axis::default(), columns]),
            ..vector.clone()
        };
        assert_eq!(said(matrix), "A matrix of doubles with 24 rows and 2 columns. Columns: a and b.");
        let factor = Factor { levels: vec![Some("a".into())], ordered: true };
        let factor = Object { kind: Kind::Integer, length: 2, factor: Some(factor), ..Object::default() };
        assert_eq!(said(factor), "An ordered factor with 1 level and 2 values.");
        let dist = Object {
            class: vec!["dist".into()],
            names: false,
            attributes: [("Size".to_owned(), Object::default())].into(),
            ..vector
        };
        assert_eq!(said(dist), "A vector of 48 doubles, of class dist, with the attribute Size.");
    }
}
