//! Names that are taken.

use std::collections::BTreeSet;

use super::reserved::{self, Place};
use super::{Language, value};
use crate::diagnostics::{Diagnostics, Problem};

/// The names that are in use in one place: a module, a class, an enumeration.
#[derive(Debug)]
pub struct Scope<'a> {
    package: &'a str,
    language: Language,
    place: Place,
    reserved: BTreeSet<String>,
    taken: BTreeSet<String>,
}

/// A wish for a name.
#[derive(Clone, Debug)]
pub struct Claim {
    /// How R spells it.
    pub r_name: String,
    /// What the grammar makes of it.
    pub wanted: String,
    /// What a warning calls the thing: ``the column `a.b` of `d` ``.
    pub what: String,
}

impl<'a> Scope<'a> {
    /// An empty scope; names that are reserved at this place are taken from the beginning.
    pub fn new(package: &'a str, language: Language, place: Place) -> Scope<'a> {
        Scope { package, language, place, reserved: BTreeSet::new(), taken: BTreeSet::new() }
    }

    /// Keeps a name for something else by rule: who wants it gets a trailing underscore without a warning.
    pub fn reserve(&mut self, name: impl Into<String>) {
        self.reserved.insert(name.into());
    }

    /// Gives a name to each claim, in the order of the claims.
    ///
    /// Those that R spells as they are wanted are served first; what remains is served in order. A name that is taken gets
    /// trailing underscores and a warning.
    pub fn claim(&mut self, claims: &[Claim], diagnostics: &mut Diagnostics) -> Vec<String> {
        let mut order: Vec<usize> = (0..claims.len()).collect();
        // Stable: among equals the first claim wins.
        order.sort_by_key(|&index| claims[index].r_name != claims[index].wanted);
        let mut given = vec![String::new(); claims.len()];
        for index in order {
            given[index] = self.give(&claims[index], diagnostics);
        }
        given
    }

    fn give(&mut self, claim: &Claim, diagnostics: &mut Diagnostics) -> String {
        let mut name = claim.wanted.clone();
        // As keywords are: no warning.
        while self.reserved.contains(&name) || reserved::is_reserved(&name, self.place, self.language) {
            name.push('_');
        }
        let wanted = name.clone();
        while self.taken.contains(&name) || self.reserved.contains(&name) {
            name.push('_');
        }
        if name != wanted {
            diagnostics.push(Problem::NameTaken {
                package: self.package.to_owned(),
                language: self.language.name(),
                what: claim.what.clone(),
                wanted,
                given: name.clone(),
            });
        }
        self.taken.insert(name.clone());
        name
    }
}

impl Claim {
    /// A claim for the value that R calls `r_name`.
    pub fn value(r_name: &str, what: String, language: Language) -> Claim {
        Claim { r_name: r_name.to_owned(), wanted: value(r_name, language), what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(names: &[&str], language: Language, place: Place) -> (Vec<String>, usize) {
        let mut diagnostics = Diagnostics::default();
        let claims: Vec<Claim> =
            names.iter().map(|name| Claim::value(name, format!("`{name}`"), language)).collect();
        let given = Scope::new("p", language, place).claim(&claims, &mut diagnostics);
        (given, diagnostics.sorted().len())
    }

    #[test]
    fn the_name_that_is_spelt_so_wins() {
        let (given, warnings) = claim(&["a.b", "a_b", "a b"], Language::Rust, Place::Module);
        assert_eq!(given, ["a_b_", "a_b", "a_b__"]);
        assert_eq!(warnings, 2);
    }

    #[test]
    fn members_of_the_base_class_are_reserved() {
        let (given, warnings) = claim(&["names", "mpg", "property"], Language::Python, Place::Member);
        assert_eq!(given, ["names_", "mpg", "property_"]);
        assert_eq!(warnings, 0);
    }
}
