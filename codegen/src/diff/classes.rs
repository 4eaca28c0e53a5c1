//! Changes of classes, generics and methods.

use std::collections::BTreeSet;

use super::{Kind, Log, functions, listed, objects};
use crate::ir::{Package, R6Class, RecordClass, ReferenceClass, S4Class, S4Method, Slot};
use crate::pipeline::Corrected;

/// All classes of a package.
pub fn all(log: &mut Log, old: &Corrected, new: &Corrected) {
    records(log, &old.types.records, &new.types.records);
    let (old, new) = (&old.package, &new.package);
    s3_methods(log, old, new);
    s4(log, old, new);
    let all = |classes: &'_ [ReferenceClass]| -> Vec<(String, ReferenceClass)> {
        classes.iter().map(|one| (one.name.clone(), one.clone())).collect()
    };
    let (before, after) = (all(&old.reference_classes), all(&new.reference_classes));
    for (name, then, now) in log.stayed(Kind::ReferenceClass, pairs(&before), pairs(&after)) {
        slots(log, Kind::ReferenceClass, &name, "field", &then.fields, &now.fields);
        contains(log, Kind::ReferenceClass, &name, &then.contains, &now.contains);
        functions::methods(log, Kind::ReferenceClass, &name, &then.methods, &now.methods);
    }
    let exported = |classes: &'_ [R6Class]| -> Vec<(String, R6Class)> {
        classes.iter().filter(|one| one.exported).map(|one| (one.generator.clone(), one.clone())).collect()
    };
    let (before, after) = (exported(&old.r6_classes), exported(&new.r6_classes));
    for (name, then, now) in log.stayed(Kind::R6Class, pairs(&before), pairs(&after)) {
        objects::fields(log, Kind::R6Class, &name, "field", &then.fields, &now.fields);
        functions::methods(log, Kind::R6Class, &name, &then.methods, &now.methods);
        let bindings = |class: &R6Class| -> BTreeSet<String> {
            class.active.iter().map(|one| one.name.clone()).collect()
        };
        names(log, Kind::R6Class, &name, "active binding", &bindings(then), &bindings(now));
    }
}

fn pairs<T>(named: &[(String, T)]) -> impl Iterator<Item = (String, &T)> {
    named.iter().map(|(name, one)| (name.clone(), one))
}

/// Reports the names that are gone and those that are new.
fn names(log: &mut Log, kind: Kind, name: &str, what: &str, old: &BTreeSet<String>, new: &BTreeSet<String>) {
    for gone in old.difference(new) {
        log.breaking(kind, name, format!("the {what} `{gone}` is gone"));
    }
    for added in new.difference(old) {
        log.harmless(kind, name, format!("the {what} `{added}` is new"));
    }
}

/// What the objects of S3 classes hold, as far as it was inferred.
fn records(log: &mut Log, old: &[RecordClass], new: &[RecordClass]) {
    let named = |records: &'_ [RecordClass]| -> Vec<(String, RecordClass)> {
        records.iter().map(|one| (one.name.clone(), one.clone())).collect()
    };
    let (before, after) = (named(old), named(new));
    for (name, then, now) in log.stayed(Kind::S3Class, pairs(&before), pairs(&after)) {
        contains(log, Kind::S3Class, &name, &then.inherits, &now.inherits);
        let fields = |class: &RecordClass| class.fields.iter().map(|one| one.name.clone()).collect();
        names(log, Kind::S3Class, &name, "field", &fields(then), &fields(now));
        for field in &then.fields {
            let Some(other) = now.fields.iter().find(|one| one.name == field.name) else { continue };
            let (a, b) = (&field.position.ty, &other.position.ty);
            if a != b {
                let text = format!("the field `{}` is {b}, it was {a}", field.name);
                log.add(Kind::S3Class, &name, !a.takes(b), text);
            }
            if other.optional && !field.optional {
                log.breaking(
                    Kind::S3Class,
                    &name,
                    format!("the field `{}` is not always there now", field.name),
                );
            }
        }
    }
}

fn s3_methods(log: &mut Log, old: &Package, new: &Package) {
    let registered = |package: &Package| -> BTreeSet<String> {
        package.s3_methods.iter().map(|one| format!("{}({})", one.generic, one.class)).collect()
    };
    let (before, after) = (registered(old), registered(new));
    for gone in before.difference(&after) {
        log.breaking(Kind::S3Method, gone, "is gone");
    }
    for added in after.difference(&before) {
        log.harmless(Kind::S3Method, added, "is new");
    }
}

fn s4(log: &mut Log, old: &Package, new: &Package) {
    let exported = |package: &'_ Package| -> Vec<(String, S4Class)> {
        let classes = package.s4_classes.iter().filter(|one| one.exported);
        classes.map(|one| (one.name.clone(), one.clone())).collect()
    };
    let (before, after) = (exported(old), exported(new));
    for (name, then, now) in log.stayed(Kind::S4Class, pairs(&before), pairs(&after)) {
        slots(log, Kind::S4Class, &name, "slot", &then.slots, &now.slots);
        contains(log, Kind::S4Class, &name, &then.contains, &now.contains);
        if now.r#virtual && !then.r#virtual {
            log.breaking(Kind::S4Class, &name, "is virtual now: no object has this class itself");
        }
    }
    let generics = |package: &'_ Package| -> Vec<(String, Vec<String>)> {
        package.s4_generics.iter().map(|one| (one.name.clone(), one.signature.clone())).collect()
    };
    let (before, after) = (generics(old), generics(new));
    for (name, then, now) in log.stayed(Kind::S4Generic, pairs(&before), pairs(&after)) {
        if then != now {
            let list = |names: &[String]| listed(names.iter().map(String::as_str));
            let text = format!("chooses its method by {}, it was by {}", list(now), list(then));
            log.breaking(Kind::S4Generic, &name, text);
        }
    }
    let methods = |package: &Package| -> BTreeSet<String> { package.s4_methods.iter().map(method).collect() };
    let (before, after) = (methods(old), methods(new));
    for gone in before.difference(&after) {
        log.breaking(Kind::S4Method, gone, "is gone");
    }
    for added in after.difference(&before) {
        log.harmless(Kind::S4Method, added, "is new");
    }
}

fn method(method: &S4Method) -> String {
    let classes: Vec<&str> = method.signature.iter().map(|one| one.class.as_str()).collect();
    format!("{}({})", method.generic, classes.join(", "))
}

fn slots(log: &mut Log, kind: Kind, name: &str, what: &str, old: &[Slot], new: &[Slot]) {
    let named = |slots: &[Slot]| slots.iter().map(|one| one.name.clone()).collect();
    names(log, kind, name, what, &named(old), &named(new));
    for then in old {
        let Some(now) = new.iter().find(|one| one.name == then.name && one.class != then.class) else {
            continue;
        };
        let text = format!("the {what} `{}` is of class {}, it was {}", then.name, now.class, then.class);
        log.breaking(kind, name, text);
    }
}

fn contains(log: &mut Log, kind: Kind, name: &str, old: &[String], new: &[String]) {
    for gone in old.iter().filter(|one| !new.contains(one)) {
        log.breaking(kind, name, format!("no longer inherits from {gone}"));
    }
    for added in new.iter().filter(|one| !old.contains(one)) {
        log.harmless(kind, name, format!("inherits from {added} now"));
    }
}
