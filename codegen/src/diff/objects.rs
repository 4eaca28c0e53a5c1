//! Changes of data sets and other values.

use super::{Kind, Log, listed};
use crate::ir::{Factor, Field, Object, Package};

/// Data sets, constants and environments.
pub fn all(log: &mut Log, old: &Package, new: &Package) {
    let named = |package: &'_ Package| -> Vec<(String, Object)> {
        package.datasets.iter().map(|one| (one.name.clone(), one.object.clone())).collect()
    };
    values(log, Kind::DataSet, &named(old), &named(new));
    let named = |package: &'_ Package| -> Vec<(String, Object)> {
        package.constants.iter().map(|one| (one.name.clone(), one.object.clone())).collect()
    };
    values(log, Kind::Constant, &named(old), &named(new));
    let named = |package: &'_ Package| -> Vec<(String, Vec<String>)> {
        let members =
            |one: &crate::ir::EnvironmentExport| one.members.iter().map(|one| one.name.clone()).collect();
        package.environments.iter().map(|one| (one.name.clone(), members(one))).collect()
    };
    let (before, after) = (named(old), named(new));
    let pairs = |named| <[(String, Vec<String>)]>::iter(named).map(|(name, one)| (name.clone(), one));
    for (name, then, now) in log.stayed(Kind::Environment, pairs(&before), pairs(&after)) {
        for gone in then.iter().filter(|one| !now.contains(one)) {
            log.breaking(Kind::Environment, &name, format!("`{gone}` in it is gone"));
        }
        for added in now.iter().filter(|one| !then.contains(one)) {
            log.harmless(Kind::Environment, &name, format!("`{added}` in it is new"));
        }
    }
}

fn values(log: &mut Log, kind: Kind, old: &[(String, Object)], new: &[(String, Object)]) {
    let pairs = |named| <[(String, Object)]>::iter(named).map(|(name, one)| (name.clone(), one));
    for (name, then, now) in log.stayed(kind, pairs(old), pairs(new)) {
        object(log, kind, &name, "", then, now);
    }
}

/// Compares two objects; `part` is `""`, or says which part of the thing it is, with a colon.
fn object(log: &mut Log, kind: Kind, name: &str, part: &str, old: &Object, new: &Object) {
    let (then, now) = (describe(old), describe(new));
    if then != now {
        return log.breaking(kind, name, format!("{part}is {now}, it was {then}"));
    }
    if let (Some(then), Some(now)) = (&old.factor, &new.factor) {
        levels(log, kind, name, part, then, now);
    }
    let size = |object: &Object| match (&object.rows, &object.dim) {
        (Some(rows), _) => format!("{rows} rows"),
        (None, Some(dim)) => dim.iter().map(u64::to_string).collect::<Vec<_>>().join(" × "),
        (None, None) => format!("{} elements", object.length),
    };
    // Columns are as long as their frame.
    if part.is_empty() && size(old) != size(new) {
        let shape = |object: &Object| object.dim.as_ref().map_or(0, Vec::len);
        log.add(kind, name, shape(old) != shape(new), format!("has {}, it had {}", size(new), size(old)));
    }
    if old.missing == 0 && new.missing > 0 {
        log.breaking(kind, name, format!("{part}has missing values now"));
    }
    let what = if old.rows.is_some() { "column" } else { "element" };
    let inner = part.trim_end_matches(": ");
    let nested = if inner.is_empty() { what.to_owned() } else { format!("{what} of {inner}") };
    fields(log, kind, name, &nested, &old.fields, &new.fields);
}

/// Named parts: columns, elements, fields.
pub fn fields(log: &mut Log, kind: Kind, name: &str, what: &str, old: &[Field], new: &[Field]) {
    for then in old.iter().filter(|one| !one.name.is_empty()) {
        match new.iter().find(|one| one.name == then.name) {
            None => log.breaking(kind, name, format!("the {what} `{}` is gone", then.name)),
            Some(now) => {
                let part = format!("the {what} `{}`: ", then.name);
                object(log, kind, name, &part, &then.object, &now.object);
            }
        }
    }
    for now in new.iter().filter(|one| !one.name.is_empty()) {
        if !old.iter().any(|one| one.name == now.name) {
            log.harmless(kind, name, format!("the {what} `{}` is new", now.name));
        }
    }
}

fn levels(log: &mut Log, kind: Kind, name: &str, part: &str, old: &Factor, new: &Factor) {
    let text = |level: &Option<String>| level.clone().unwrap_or_else(|| "NA".to_owned());
    let missing = |from: &Factor, others: &Factor| -> Vec<String> {
        from.levels.iter().filter(|one| !others.levels.contains(one)).map(text).collect()
    };
    let (gone, added) = (missing(old, new), missing(new, old));
    let list = |levels: &[String]| listed(levels.iter().map(String::as_str));
    if !gone.is_empty() {
        log.breaking(kind, name, format!("{part}has no {} {} now", plural("level", gone.len()), list(&gone)));
    }
    if !added.is_empty() {
        log.harmless(
            kind,
            name,
            format!("{part}has the new {} {}", plural("level", added.len()), list(&added)),
        );
    }
    if gone.is_empty() && added.is_empty() && old.levels != new.levels {
        log.breaking(kind, name, format!("{part}has its levels in another order"));
    }
    if old.ordered != new.ordered {
        let word = if new.ordered { "ordered" } else { "not ordered" };
        log.breaking(kind, name, format!("{part}is {word} now"));
    }
}

fn plural(word: &str, count: usize) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}

/// What kind of object it is, in words.
fn describe(object: &Object) -> String {
    let kind = format!("{:?}", object.kind).to_lowercase();
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    match &object.class[..] {
        _ if object.factor.is_some() => "a factor".to_owned(),
        [] => format!("{article} {kind}"),
        class => format!("{article} {kind} of class {}", class.join(", ")),
    }
}
