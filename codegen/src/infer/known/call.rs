//! A call, its arguments matched to parameters as R matches them.

use super::{KnownParameter, Operand};
use crate::ir::code::Expr;
use crate::ir::types::{Term, Type};

/// A call whose result a rule is asked for.
pub(super) struct Call<'a> {
    /// The name of the function.
    pub name: &'a str,
    /// What stands behind the rule's name in the table.
    pub words: &'a [String],
    /// All arguments, as they are given.
    pub operands: &'a [Operand<'a>],
    /// Whether a guess is wanted where nothing is certain.
    pub likely: bool,
    parameters: &'a [KnownParameter],
    matched: Vec<Option<&'a Operand<'a>>>,
    /// What goes into the function's `...`.
    pub dots: Vec<&'a Operand<'a>>,
    /// Whether `...` is among the arguments: anything may be given with it.
    pub spread: bool,
}

/// What is given for a parameter.
pub(super) enum Slot<'a> {
    /// This.
    Given(&'a Operand<'a>),
    /// Nothing.
    Missing,
    /// Perhaps something, in `...`.
    Unsure,
}

impl<'a> Call<'a> {
    pub fn new(
        name: &'a str,
        parameters: &'a [KnownParameter],
        words: &'a [String],
        operands: &'a [Operand<'a>],
        likely: bool,
    ) -> Call<'a> {
        let is_dots = |operand: &Operand<'_>| operand.ty.only() == Some(&Term::Dots);
        let dots_at = parameters.iter().position(|one| one.name == "...");
        let mut matched: Vec<Option<&Operand<'_>>> = vec![None; parameters.len()];
        let mut used = vec![false; operands.len()];
        // "R Language Definition", 4.3.2: exact names, then beginnings of names (only before `...`), then positions.
        for exact in [true, false] {
            for (index, operand) in operands.iter().enumerate() {
                let Some(name) = operand.name.filter(|name| !used[index] && !name.is_empty()) else {
                    continue;
                };
                let end = if exact { parameters.len() } else { dots_at.unwrap_or(parameters.len()) };
                let found = (0..end).find(|&at| {
                    let parameter = &parameters[at].name;
                    parameter != "..."
                        && matched[at].is_none()
                        && if exact { parameter == name } else { parameter.starts_with(name) }
                });
                if let Some(at) = found {
                    matched[at] = Some(operand);
                    used[index] = true;
                }
            }
        }
        let mut spread = false;
        let mut dots = Vec::new();
        let mut at = 0;
        for (index, operand) in operands.iter().enumerate() {
            if used[index] {
                continue;
            }
            if is_dots(operand) {
                spread = true;
                dots.push(operand);
                continue;
            }
            while at < parameters.len() && parameters[at].name != "..." && matched[at].is_some() {
                at += 1;
            }
            let to_dots = operand.name.is_some() || at >= parameters.len() || parameters[at].name == "...";
            // Behind an argument `...` nobody knows at which position one stands.
            if to_dots || spread {
                dots.push(operand);
            } else {
                matched[at] = Some(operand);
                at += 1;
            }
        }
        Call { name, words, operands, likely, parameters, matched, dots, spread }
    }

    /// What is given for the parameter `name`.
    pub fn slot(&self, name: &str) -> Slot<'a> {
        let given = self
            .parameters
            .iter()
            .position(|parameter| parameter.name == name)
            .and_then(|at| self.matched.get(at).copied().flatten());
        match given {
            Some(operand) if operand.is_empty() => Slot::Missing,
            Some(operand) => Slot::Given(operand),
            None if self.spread => Slot::Unsure,
            None => Slot::Missing,
        }
    }

    /// The argument for the parameter `name`, if there is surely one.
    pub fn given(&self, name: &str) -> Option<&'a Operand<'a>> {
        match self.slot(name) {
            Slot::Given(operand) => Some(operand),
            _ => None,
        }
    }

    /// The type of the argument for the parameter `name`: `any` where it is not known.
    pub fn ty(&self, name: &str) -> Type {
        self.given(name).map_or(Type::Any, |operand| operand.ty.clone())
    }

    /// Whether surely nothing is given for the parameter `name`.
    pub fn missing(&self, name: &str) -> bool {
        matches!(self.slot(name), Slot::Missing)
    }

    /// The value of a flag: as it is written, or its default. `None` where that cannot be seen.
    pub fn flag(&self, name: &str, default: bool) -> Option<bool> {
        match self.slot(name) {
            Slot::Given(Operand { code: Some(Expr::Logical(value)), .. }) => *value,
            Slot::Missing => Some(default),
            _ => None,
        }
    }

    /// The word at this place behind the rule's name.
    pub fn word(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", String::as_str)
    }
}
