//! Compiled code: only the expression that it was compiled from is kept.
//!
//! The stream holds the instructions, then the constants, of which the first is the expression. Expressions among the
//! constants share cells, through a table of their own (`ReadBCLang` in serialize.c).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Error;
use super::decode::{Decoder, code};
use super::value::{Data, Tagged, Value};

/// Shared cells by number: the list that begins there and whether it is a call.
type Shared = BTreeMap<usize, Value>;

/// Reads the content of a byte-code item.
pub(super) fn read(decoder: &mut Decoder<'_>) -> Result<Value, Error> {
    let count = decoder.input.length()?;
    let mut shared = Shared::new();
    function(decoder, &mut shared, count)
}

fn function(decoder: &mut Decoder<'_>, shared: &mut Shared, count: usize) -> Result<Value, Error> {
    decoder.deeper(|decoder| {
        let _instructions = decoder.item()?;
        let constants = decoder.input.length()?;
        let mut expression = None;
        for _ in 0..constants {
            let kind = kind(decoder)?;
            let constant = match kind {
                code::BCODE => function(decoder, shared, count)?,
                code::LANG
                | code::LIST
                | code::BC_REP_DEF
                | code::BC_REP_REF
                | code::ATTR_LANG
                | code::ATTR_LIST => list(decoder, shared, count, kind)?,
                _ => decoder.item()?,
            };
            expression.get_or_insert(constant);
        }
        Ok(expression.unwrap_or(Value::from(Data::Null)))
    })
}

fn kind(decoder: &mut Decoder<'_>) -> Result<u8, Error> {
    let kind = decoder.input.int()?;
    u8::try_from(kind).map_err(|_| decoder.input.fail(format!("{kind} is no type of a constant")))
}

struct Cell {
    number: Option<usize>,
    call: bool,
    attributes: Option<Vec<Tagged>>,
    content: Tagged,
}

/// A pairlist or a call that begins with `first`; iterative along its tail.
fn list(decoder: &mut Decoder<'_>, shared: &mut Shared, count: usize, first: u8) -> Result<Value, Error> {
    decoder.deeper(|decoder| {
        let mut cells: Vec<Cell> = Vec::new();
        let mut next = first;
        let tail = loop {
            let (number, shape) = match next {
                code::BC_REP_REF => {
                    let number = decoder.input.length()?;
                    let found = shared.get(&number);
                    let found = found.ok_or_else(|| decoder.input.fail("a shared cell was not there"))?;
                    decoder.charge(found.size())?;
                    break Some(found.clone());
                }
                code::BC_REP_DEF => (Some(decoder.input.length()?), kind(decoder)?),
                other => (None, other),
            };
            if number.is_some_and(|number| number >= count) {
                return Err(decoder.input.fail("a shared cell is outside the table"));
            }
            let (call, announced) = match shape {
                code::LANG => (true, false),
                code::LIST => (false, false),
                code::ATTR_LANG => (true, true),
                code::ATTR_LIST => (false, true),
                _ if number.is_none() => {
                    let value = decoder.item()?;
                    break Some(value).filter(|value| !value.is_null());
                }
                other => return Err(decoder.input.fail(format!("a shared cell has type {other}"))),
            };
            let attributes = if announced { decoder.attributes()? } else { None };
            let tag = decoder.item()?;
            let tag = decoder.tag(Some(tag))?;
            let head = kind(decoder)?;
            let value = match head {
                code::LANG
                | code::LIST
                | code::BC_REP_DEF
                | code::BC_REP_REF
                | code::ATTR_LANG
                | code::ATTR_LIST => list(decoder, shared, count, head)?,
                _ => decoder.item()?,
            };
            cells.push(Cell { number, call, attributes, content: Tagged { tag, value } });
            next = kind(decoder)?;
        };
        if cells.is_empty() {
            return Ok(tail.unwrap_or(Value::from(Data::Null)));
        }
        assemble(decoder, shared, cells, tail)
    })
}

/// Joins cells and tail, and enters the shared ones into the table.
fn assemble(
    decoder: &mut Decoder<'_>,
    shared: &mut Shared,
    mut cells: Vec<Cell>,
    tail: Option<Value>,
) -> Result<Value, Error> {
    let end = match tail {
        Some(Value { data: Data::Pairlist(rest) | Data::Language(rest), .. }) => rest,
        Some(other) => vec![Tagged { tag: Rc::from(""), value: other }],
        None => Vec::new(),
    };
    for index in 0..cells.len() {
        let Some(number) = cells[index].number else { continue };
        let content = cells[index..].iter().map(|cell| cell.content.clone()).chain(end.iter().cloned());
        let value = cell_value(cells[index].call, cells[index].attributes.clone(), content.collect());
        decoder.charge(value.size())?;
        shared.insert(number, value);
    }
    let call = cells[0].call;
    let attributes = cells[0].attributes.take();
    let content = cells.into_iter().map(|cell| cell.content).chain(end);
    Ok(cell_value(call, attributes, content.collect()))
}

fn cell_value(call: bool, attributes: Option<Vec<Tagged>>, content: Vec<Tagged>) -> Value {
    let data = if call { Data::Language(content) } else { Data::Pairlist(content) };
    Value { data, attributes, object: false, levels: 0 }
}
