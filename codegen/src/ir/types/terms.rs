//! The terms of a union: a sorted set that copies share.

use std::sync::Arc;

use super::Term;

/// A sorted set of terms. Types are copied everywhere and seldom changed: a copy shares the terms until one of the two changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Terms(
    /// Nothing for the empty set.
    Option<Arc<Vec<Term>>>,
);

impl Terms {
    /// No terms.
    pub const fn new() -> Terms {
        Terms(None)
    }

    /// The terms in order.
    pub fn as_slice(&self) -> &[Term] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }

    /// The terms in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Term> {
        self.as_slice().iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.as_slice().len()
    }

    /// Whether the two are one and the same set, without looking at the terms.
    pub fn is_same(&self, other: &Terms) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        }
    }

    /// Whether the term is among them.
    pub fn contains(&self, term: &Term) -> bool {
        self.as_slice().binary_search(term).is_ok()
    }

    /// Adds a term.
    pub fn insert(&mut self, term: Term) {
        if let Err(place) = self.as_slice().binary_search(&term) {
            Arc::make_mut(self.0.get_or_insert_default()).insert(place, term);
        }
    }

    /// Keeps only some of the terms.
    pub fn retain(&mut self, mut keep: impl FnMut(&Term) -> bool) {
        let Some(first) = self.iter().position(|term| !keep(term)) else { return };
        let mut index = 0;
        let Some(terms) = &mut self.0 else { return };
        let terms = Arc::make_mut(terms);
        terms.retain(|term| {
            index += 1;
            index <= first || (index > first + 1 && keep(term))
        });
        if terms.is_empty() {
            self.0 = None;
        }
    }
}

impl FromIterator<Term> for Terms {
    fn from_iter<I: IntoIterator<Item = Term>>(terms: I) -> Terms {
        let mut terms: Vec<Term> = terms.into_iter().collect();
        terms.sort();
        terms.dedup();
        Terms(if terms.is_empty() { None } else { Some(Arc::new(terms)) })
    }
}

impl From<Term> for Terms {
    fn from(term: Term) -> Terms {
        Terms(Some(Arc::new(vec![term])))
    }
}

impl<'a> IntoIterator for &'a Terms {
    type Item = &'a Term;
    type IntoIter = std::slice::Iter<'a, Term>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Terms {
    type Item = Term;
    type IntoIter = std::vec::IntoIter<Term>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map(Arc::unwrap_or_clone).unwrap_or_default().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_terms() {
        let literal = |text: &str| Term::Literal(text.to_owned());
        let mut terms: Terms = [literal("b"), Term::Null, literal("a"), literal("b")].into_iter().collect();
        assert_eq!(terms.as_slice(), [Term::Null, literal("a"), literal("b")]);
        let copy = terms.clone();
        assert!(copy.is_same(&terms));
        terms.retain(|term| *term != literal("a"));
        assert_eq!(terms.as_slice(), [Term::Null, literal("b")]);
        terms.insert(literal("aa"));
        terms.insert(Term::Null);
        assert_eq!(terms.as_slice(), [Term::Null, literal("aa"), literal("b")]);
        assert!(!copy.is_same(&terms) && copy.contains(&literal("a")) && !terms.contains(&literal("a")));
        terms.retain(|_| false);
        assert_eq!(terms, Terms::new());
        assert_eq!(copy.into_iter().count(), 3);
    }
}
