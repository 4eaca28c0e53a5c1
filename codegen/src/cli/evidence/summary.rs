//! The figures of a report.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::ir::{ClassTypes, Position, Signature, Source};

/// How much is typed, and from what.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// The number of functions.
    pub functions: u64,
    /// Parameters, without `...`.
    pub parameters: Count,
    /// Results.
    pub returns: Count,
    /// Slots and fields of classes that declare what they hold.
    pub fields: Count,
    /// Parameters of the methods of such classes, without `...`.
    pub method_parameters: Count,
    /// Results of such methods.
    pub method_returns: Count,
}

/// Positions of one kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Count {
    /// How many there are.
    pub total: u64,
    /// How many have a type other than `any`.
    pub typed: u64,
    /// The typed ones by the source of the evidence that decided.
    pub sources: BTreeMap<Source, u64>,
    /// The typed ones for which a source has any evidence: a position counts for several.
    pub seen: BTreeMap<Source, u64>,
}

impl Summary {
    /// The figures of these functions and classes.
    pub fn of<'a>(signatures: impl Iterator<Item = &'a Signature>, classes: &[ClassTypes]) -> Summary {
        let mut summary = Summary::default();
        for signature in signatures {
            summary.functions += 1;
            for parameter in signature.parameters.iter().filter(|one| one.name != "...") {
                summary.parameters.count(&parameter.position);
            }
            summary.returns.count(&signature.returns);
        }
        for class in classes {
            class.fields.iter().for_each(|field| summary.fields.count(&field.position));
            for method in &class.methods {
                for parameter in method.parameters.iter().filter(|one| one.name != "...") {
                    summary.method_parameters.count(&parameter.position);
                }
                summary.method_returns.count(&method.returns);
            }
        }
        summary
    }

    /// Adds the figures of another package.
    pub fn add(&mut self, other: &Summary) {
        self.functions += other.functions;
        self.parameters.add(&other.parameters);
        self.returns.add(&other.returns);
        self.fields.add(&other.fields);
        self.method_parameters.add(&other.method_parameters);
        self.method_returns.add(&other.method_returns);
    }
}

impl Count {
    fn count(&mut self, position: &Position) {
        self.total += 1;
        if position.ty.is_any() {
            return;
        }
        self.typed += 1;
        if let Some(first) = position.evidence.first() {
            *self.sources.entry(first.source).or_default() += 1;
        }
        let mut sources: Vec<Source> = position.evidence.iter().map(|one| one.source).collect();
        sources.sort_unstable();
        sources.dedup();
        for source in sources {
            *self.seen.entry(source).or_default() += 1;
        }
    }

    fn add(&mut self, other: &Count) {
        self.total += other.total;
        self.typed += other.typed;
        for (ours, theirs) in [(&mut self.sources, &other.sources), (&mut self.seen, &other.seen)] {
            for (source, count) in theirs {
                *ours.entry(*source).or_default() += count;
            }
        }
    }

    /// The share of typed positions in percent.
    pub fn percent(&self) -> f64 {
        if self.total == 0 { 100.0 } else { 100.0 * self.typed as f64 / self.total as f64 }
    }
}
