//! ALTREP: compact forms that R writes in place of a vector's elements (altclasses.c).

use std::rc::Rc;

use super::Error;
use super::decode::Decoder;
use super::number;
use super::value::{Data, NA_INTEGER, Tagged, Value};

/// Reads what follows the ALTREP code: the class, its state, attributes.
pub(super) fn read(decoder: &mut Decoder<'_>) -> Result<Value, Error> {
    let info = decoder.item()?;
    let state = decoder.item()?;
    let attributes = decoder.attributes()?;
    let class = match &info.data {
        Data::Pairlist(cells) => match cells.first().map(|cell| &cell.value.data) {
            Some(Data::Symbol(name)) => Rc::clone(name),
            _ => return Err(decoder.input.fail("an ALTREP class has no name")),
        },
        _ => return Err(decoder.input.fail("an ALTREP class is not described")),
    };
    if class.starts_with("compact_") {
        // It takes 24 bytes whatever its length.
        let Data::Double(numbers) = &state.data else {
            return Err(decoder.input.fail("a compact sequence has no length"));
        };
        decoder.charge(numbers.first().map_or(0, |length| *length as usize))?;
    }
    let expanded = match &*class {
        "compact_intseq" => sequence(&state).map(|numbers| {
            // The ends are integers by construction; `as` saturates whatever a malformed stream says.
            Value::from(Data::Integer(numbers.into_iter().map(|number| number as i32).collect()))
        }),
        "compact_realseq" => sequence(&state).map(|numbers| Value::from(Data::Double(numbers))),
        "deferred_string" => deferred(state),
        name if name.starts_with("wrap_") => wrapped(state),
        other => {
            let reason = format!("the ALTREP class {other} keeps its content outside the stream");
            return Err(decoder.input.fail(reason));
        }
    };
    let Some(mut value) = expanded else {
        return Err(decoder.input.fail(format!("the state of the ALTREP class {class} is malformed")));
    };
    if let Some(attributes) = attributes {
        value.object = attributes.iter().any(|attribute| &*attribute.tag == "class");
        value.attributes = Some(attributes);
    }
    Ok(value)
}

/// `n`, first element and increment.
fn sequence(state: &Value) -> Option<Vec<f64>> {
    let Data::Double(state) = &state.data else { return None };
    let [length, first, step] = state[..] else { return None };
    Some((0..length as u64).map(|index| first + index as f64 * step).collect())
}

/// Numbers that become text when they are asked for: a pair of the numbers and R's `scipen`.
fn deferred(state: Value) -> Option<Value> {
    let Data::Pairlist(cells) = state.data else { return None };
    let scipen = match cells.get(1).map(|cell| &cell.value.data) {
        Some(Data::Integer(numbers)) => numbers.first().copied().unwrap_or(0),
        _ => 0,
    };
    let text = |text: String| Some(Rc::from(text));
    let strings = match cells.into_iter().next()?.value.data {
        Data::Integer(numbers) => numbers
            .into_iter()
            .map(|number| if number == NA_INTEGER { None } else { text(number.to_string()) })
            .collect(),
        Data::Double(numbers) => numbers
            .into_iter()
            .map(|number| if number::is_na(number) { None } else { text(number::format(number, scipen)) })
            .collect(),
        _ => return None,
    };
    Some(Value::from(Data::Character(strings)))
}

/// A vector and what is known about it (sorted, without NA).
fn wrapped(state: Value) -> Option<Value> {
    match state.data {
        Data::List(elements) => elements.into_iter().next(),
        Data::Pairlist(cells) => cells.into_iter().next().map(|Tagged { value, .. }| value),
        _ => None,
    }
}
