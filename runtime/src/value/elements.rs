//! Walking over a vector without expanding it.

use std::ops::Deref;

use super::vector::{memory, region};
use super::{Value, Vector};

/// How many elements of an ALTREP vector are asked for at a time.
const PIECE: usize = 1024;

/// The elements of a vector: out of its memory where it has some, else region by region (`*_GET_REGION`).
pub(crate) enum Elements<'a, V, E> {
    /// The vector's own memory.
    Memory(std::slice::Iter<'a, E>),
    /// Copies of a region of an ALTREP vector that has no memory.
    Regions {
        vector: &'a V,
        piece: Vec<E>,
        /// The next element within the piece.
        next: usize,
        /// Where the next piece starts.
        start: usize,
        length: usize,
    },
}

impl<'a, 'r, V> Elements<'a, V, V::Element>
where
    V: Vector<'r> + Deref<Target = Value<'r>>,
{
    pub(crate) fn new(vector: &'a V) -> Self {
        match memory(vector) {
            Ok(Some(memory)) => Elements::Memory(memory.iter()),
            // A class that cannot say so is asked for its elements.
            Ok(None) | Err(_) => {
                Elements::Regions { vector, piece: Vec::new(), next: 0, start: 0, length: vector.len() }
            }
        }
    }
}

/// Fetches the next piece; false at the end.
#[cold]
fn fetch<'r, V>(vector: &V, piece: &mut Vec<V::Element>, start: usize, length: usize) -> bool
where
    V: Vector<'r> + Deref<Target = Value<'r>>,
{
    let wanted = PIECE.min(length - start);
    if wanted == 0 {
        return false;
    }
    if piece.len() < wanted {
        let Ok(first) = super::vector::element(vector, start) else {
            return failed(vector, start, "no value");
        };
        piece.resize(wanted, first);
    }
    piece.truncate(wanted);
    match region(vector, start, piece) {
        Ok(copied) if copied == wanted => true,
        Ok(_) => failed(vector, start, "less than was asked for"),
        Err(error) => failed(vector, start, error),
    }
}

fn failed<'r, V>(vector: &V, start: usize, why: impl std::fmt::Display) -> bool
where
    V: Deref<Target = Value<'r>>,
{
    panic!("an ALTREP vector of length {} gave no elements from {start} on: {why}", vector.len())
}

impl<'r, V> Iterator for Elements<'_, V, V::Element>
where
    V: Vector<'r> + Deref<Target = Value<'r>>,
{
    type Item = V::Element;

    #[inline]
    fn next(&mut self) -> Option<V::Element> {
        match self {
            Elements::Memory(elements) => elements.next().copied(),
            Elements::Regions { vector, piece, next, start, length } => {
                if *next == piece.len() {
                    if !fetch(*vector, piece, *start, *length) {
                        return None;
                    }
                    *start += piece.len();
                    *next = 0;
                }
                *next += 1;
                Some(piece[*next - 1])
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest = match self {
            Elements::Memory(elements) => elements.len(),
            Elements::Regions { piece, next, start, length, .. } => length - start + piece.len() - next,
        };
        (rest, Some(rest))
    }

    fn nth(&mut self, n: usize) -> Option<V::Element> {
        if let Elements::Memory(elements) = self {
            return elements.nth(n).copied();
        }
        for _ in 0..n {
            self.next()?;
        }
        self.next()
    }

    fn fold<B, F: FnMut(B, V::Element) -> B>(mut self, initial: B, mut then: F) -> B {
        if let Elements::Memory(elements) = self {
            return elements.copied().fold(initial, then);
        }
        let mut folded = initial;
        for element in &mut self {
            folded = then(folded, element);
        }
        folded
    }
}

impl<'r, V> ExactSizeIterator for Elements<'_, V, V::Element> where V: Vector<'r> + Deref<Target = Value<'r>> {}
