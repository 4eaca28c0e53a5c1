//! Making corrections.

use std::collections::BTreeSet;

use super::{Change, Changes, Entry, Item, Overrides};
use crate::diagnostics::{Diagnostics, Problem, nearest};
use crate::ir::types::{Term, Type};
use crate::ir::{
    Confidence, Evidence, Package, Position, RecordClass, RecordField, Signature, Source, Types,
};

/// Makes the corrections of a package. What matches nothing goes to `diagnostics` when the user asked for it; a correction that
/// comes with rbindgen may be about another version.
pub fn apply(
    package: &Package,
    types: &mut Types,
    changes: &mut Changes,
    overrides: &Overrides,
    source: Source,
    diagnostics: &mut Diagnostics,
) {
    for entry in overrides.entries.iter().filter(|entry| entry.package == package.name) {
        let mut target = Target { package, types, changes, source, entry };
        if let Err(Unmatched { what, near }) = target.apply()
            && source == Source::Override
        {
            diagnostics.push(Problem::OverrideUnmatched { place: entry.place.clone(), what, near });
        }
    }
}

/// Reports the corrections of packages that are not part of the run.
pub fn missing_packages(overrides: &Overrides, present: &[&str], diagnostics: &mut Diagnostics) {
    let mut told = BTreeSet::new();
    for entry in &overrides.entries {
        if !present.contains(&entry.package.as_str()) && told.insert(&entry.package) {
            diagnostics.push(Problem::OverrideUnmatched {
                place: entry.place.clone(),
                what: format!("the package {} is not part of this run", entry.package),
                near: nearest(&entry.package, present.iter().copied()),
            });
        }
    }
}

struct Unmatched {
    what: String,
    near: Option<String>,
}

fn unmatched<'a, T>(
    what: String,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Result<T, Unmatched> {
    Err(Unmatched { what, near: nearest(name, known) })
}

struct Target<'a> {
    package: &'a Package,
    types: &'a mut Types,
    changes: &'a mut Changes,
    source: Source,
    entry: &'a Entry,
}

type Outcome<T = ()> = Result<T, Unmatched>;

impl Target<'_> {
    fn apply(&mut self) -> Outcome {
        match &self.entry.change {
            Change::Parameter(function, name, ty) => self.parameter(function, name, ty),
            Change::Returns(function, ty) => {
                let evidence = self.evidence(ty);
                set(&mut self.signature(function)?.returns, evidence);
                Ok(())
            }
            Change::ReturnedField(function, field, ty) => self.returned_field(function, field, ty),
            Change::Field(class, field, ty) => self.field(class, field, ty),
            Change::Slot(class, slot, ty) => self.slot(class, slot, ty),
            Change::Column(dataset, column, ty) => self.column(dataset, column, ty),
            Change::Rename(item, name) => {
                self.item(item)?;
                self.changes.renamed.insert(item.clone(), name.clone());
                Ok(())
            }
            Change::Skip(item) => {
                self.item(item)?;
                self.changes.skipped.insert(item.clone(), self.entry.reason.clone());
                Ok(())
            }
        }
    }

    fn evidence(&self, ty: &Type) -> Evidence {
        Evidence {
            source: self.source,
            ty: ty.clone(),
            strength: Confidence::Hard,
            alternative: false,
            place: self.entry.reason.as_ref().unwrap_or(&self.entry.place).clone(),
        }
    }

    fn signature(&mut self, function: &str) -> Outcome<&mut Signature> {
        let package = &self.package.name;
        let signatures = &mut self.types.signatures;
        match signatures.iter().position(|one| one.name == function) {
            Some(index) => Ok(&mut signatures[index]),
            None => {
                let known = signatures.iter().map(|one| one.name.as_str());
                unmatched(format!("there is no function `{function}` in {package}"), function, known)
            }
        }
    }

    fn parameter(&mut self, function: &str, name: &str, ty: &Type) -> Outcome {
        let evidence = self.evidence(ty);
        let parameters = &mut self.signature(function)?.parameters;
        match parameters.iter().position(|one| one.name == name && name != "...") {
            Some(index) => {
                let parameter = &mut parameters[index];
                set(&mut parameter.position, evidence);
                // They are part of what was found before.
                parameter.choices.clear();
                parameter.open = false;
                Ok(())
            }
            None => {
                let known = parameters.iter().map(|one| one.name.as_str());
                unmatched(format!("{function} has no parameter `{name}` with a type"), name, known)
            }
        }
    }

    fn returned_field(&mut self, function: &str, field: &str, ty: &Type) -> Outcome {
        let evidence = self.evidence(ty);
        let returns = &mut self.signature(function)?.returns;
        let class = returns.ty.terms().find_map(|term| match term {
            Term::Class(names) => names.first().cloned(),
            _ => None,
        });
        let is_record = |term: &Term| matches!(term, Term::Record(_));
        if returns.ty.terms().any(is_record) {
            let changed = returns.ty.clone().map(|term| match term {
                Term::Record(mut fields) => {
                    match fields.iter_mut().find(|(name, _)| name == field) {
                        Some((_, old)) => *old = ty.clone(),
                        None => fields.push((field.to_owned(), ty.clone())),
                    }
                    Term::Record(fields)
                }
                other => other,
            });
            set(returns, Evidence { ty: changed, ..evidence });
            return Ok(());
        }
        match class {
            Some(class) => self.field(&class, field, ty),
            None => unmatched(
                format!(
                    "{function} returns neither a record nor an object of a known class: give `returns`, too"
                ),
                "",
                [],
            ),
        }
    }

    fn field(&mut self, class: &str, field: &str, ty: &Type) -> Outcome {
        let evidence = self.evidence(ty);
        let package = self.package;
        let fields_of_r = package.reference_classes.iter().any(|one| one.name == class)
            || package.r6_classes.iter().any(|one| one.class == class || one.generator == class);
        if fields_of_r {
            self.changes.members.insert((class.to_owned(), field.to_owned()), ty.clone());
            return Ok(());
        }
        self.item(&Item::Class(class.to_owned()))?;
        let records = &mut self.types.records;
        let index = match records.binary_search_by(|one| one.name.as_str().cmp(class)) {
            Ok(index) => index,
            Err(index) => {
                let (inherits, fields, made_by) = Default::default();
                records.insert(index, RecordClass { name: class.to_owned(), inherits, fields, made_by });
                index
            }
        };
        let Some(record) = records.get_mut(index) else { return Ok(()) };
        match record.fields.iter_mut().find(|one| one.name == field) {
            Some(old) => set(&mut old.position, evidence),
            None => {
                let mut position = Position::unknown();
                set(&mut position, evidence);
                record.fields.push(RecordField { name: field.to_owned(), optional: false, position });
                record.fields.sort_by(|a, b| a.name.cmp(&b.name));
            }
        }
        Ok(())
    }

    fn slot(&mut self, class: &str, slot: &str, ty: &Type) -> Outcome {
        let classes = &self.package.s4_classes;
        let Some(found) = classes.iter().find(|one| one.name == class) else {
            let known = classes.iter().map(|one| one.name.as_str());
            return unmatched(
                format!("there is no S4 class `{class}` in {}", self.package.name),
                class,
                known,
            );
        };
        if !found.slots.iter().any(|one| one.name == slot) {
            let known = found.slots.iter().map(|one| one.name.as_str());
            return unmatched(format!("{class} has no slot `{slot}`"), slot, known);
        }
        self.changes.members.insert((class.to_owned(), slot.to_owned()), ty.clone());
        Ok(())
    }

    fn column(&mut self, dataset: &str, column: &str, ty: &Type) -> Outcome {
        self.item(&Item::DataSet(dataset.to_owned()))?;
        let found = self.package.datasets.iter().find(|one| one.name == dataset);
        let columns = found.map_or(&[][..], |one| &one.object.fields);
        if !columns.iter().any(|one| one.name == column) {
            let known = columns.iter().map(|one| one.name.as_str());
            return unmatched(format!("{dataset} has no column `{column}`"), column, known);
        }
        self.changes.columns.insert((dataset.to_owned(), column.to_owned()), ty.clone());
        Ok(())
    }

    /// Whether there is such a thing.
    fn item(&mut self, item: &Item) -> Outcome {
        let name = item.name();
        match item {
            Item::Function(_) => self.signature(name).map(|_| ()),
            Item::Class(_) => {
                let known = self.classes();
                if known.contains(name) {
                    return Ok(());
                }
                let what = format!("there is no class `{name}` in {}", self.package.name);
                unmatched(what, name, known)
            }
            Item::DataSet(_) => {
                let known: Vec<&str> = self.package.datasets.iter().map(|one| one.name.as_str()).collect();
                if known.contains(&name) {
                    return Ok(());
                }
                unmatched(format!("there is no data set `{name}` in {}", self.package.name), name, known)
            }
        }
    }

    /// The classes that the package makes, has methods for or returns.
    fn classes(&self) -> BTreeSet<&str> {
        let package = self.package;
        let mut classes: BTreeSet<&str> = self.types.records.iter().map(|one| one.name.as_str()).collect();
        classes.extend(package.s3_methods.iter().map(|one| one.class.as_str()));
        classes.extend(package.s4_classes.iter().map(|one| one.name.as_str()));
        classes.extend(package.reference_classes.iter().map(|one| one.name.as_str()));
        classes
            .extend(package.r6_classes.iter().flat_map(|one| [one.class.as_str(), one.generator.as_str()]));
        for term in self.types.signatures.iter().flat_map(|one| one.returns.ty.terms()) {
            if let Term::Class(names) = term {
                classes.extend(names.iter().map(String::as_str));
            }
        }
        classes
    }
}

fn set(position: &mut Position, evidence: Evidence) {
    position.ty = evidence.ty.clone();
    position.confidence = evidence.strength;
    position.evidence.insert(0, evidence);
}
