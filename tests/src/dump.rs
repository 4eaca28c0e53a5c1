//! Data sets as the lines of `tests/oracle/README.md`, read through the bindings.
//!
//! [`Dump::of`] describes a value by what the untyped [`Value`] says of it. [`Typed`] describes what the typed
//! wrappers say of the same memory: a generated accessor that promises a factor of an enumeration is read through that
//! enumeration.

use rbindgen_runtime::prelude::*;
use serde::Serialize;
use serde_json::{Value as Json, json};

/// One line, its members in the order of the format.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    r#type: &'a str,
    length: usize,
    attributes: &'a [&'a str],
    #[serde(skip_serializing_if = "Option::is_none")]
    automatic: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Json>,
}

/// Lines, one an object.
#[derive(Default)]
pub struct Dump {
    /// The lines so far.
    pub lines: Vec<String>,
}

impl Dump {
    /// The lines of one data set.
    ///
    /// # Errors
    /// Those of reading it.
    pub fn of(name: &str, value: &Value<'_>) -> Result<Vec<String>, Error> {
        let mut dump = Dump::default();
        dump.add(name, value)?;
        Ok(dump.lines)
    }

    fn add(&mut self, path: &str, value: &Value<'_>) -> Result<(), Error> {
        let mut attributes = value.attributes()?;
        attributes.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
        let names: Vec<&str> = attributes.iter().map(|(name, _)| name.as_str()).collect();
        self.line(path, value, &names, None)?;
        if matches!(value.kind(), Kind::List | Kind::Expression) {
            // `as.list` has methods; a list is one already.
            let list = if value.kind() == Kind::List { value.clone() } else { ask(value, "as.list")? };
            for (index, element) in List::try_from(list)?.iter().enumerate() {
                self.add(&format!("{path}[[{}]]", index + 1), &element)?;
            }
        }
        for (name, attribute) in &attributes {
            let path = format!("{path}@{name}");
            if name == "row.names" {
                let frame = DataFrame::try_from(value.clone())?;
                let automatic = matches!(frame.row_names()?, RowNames::Automatic(_));
                self.line(&path, attribute, &[], Some(automatic))?;
            } else {
                self.add(&path, attribute)?;
            }
        }
        Ok(())
    }

    fn line(
        &mut self,
        path: &str,
        value: &Value<'_>,
        attributes: &[&str],
        automatic: Option<bool>,
    ) -> Result<(), Error> {
        let length = match value.kind() {
            Kind::Language => ask(value, "length")?.to::<i32>()? as usize,
            _ => value.len(),
        };
        let line =
            Line { path, r#type: value.type_name(), length, attributes, automatic, values: values(value)? };
        self.lines.push(serde_json::to_string(&line).expect("plain data"));
        Ok(())
    }
}

/// A function of base R on one value.
fn ask<'r>(value: &Value<'r>, function: &str) -> Result<Value<'r>, Error> {
    value.r().function("base", function)?.call((value,))
}

/// The member `values`, absent for lists and what has none.
fn values(value: &Value<'_>) -> Result<Option<Json>, Error> {
    Ok(Some(match value.kind() {
        Kind::Double => Double::try_from(value.clone())?.values(),
        Kind::Integer => Integer::try_from(value.clone())?.values(),
        Kind::Logical => Logical::try_from(value.clone())?.values(),
        Kind::Complex => Complex::try_from(value.clone())?.values(),
        Kind::Raw => Raw::try_from(value.clone())?.values(),
        Kind::Character => Character::try_from(value.clone())?.values(),
        Kind::Language | Kind::Function => json!([deparse(value)?]),
        Kind::Symbol => json!([ask(value, "as.character")?.to::<String>()?]),
        Kind::Environment => json!([ask(value, "environmentName")?.to::<String>()?]),
        _ => return Ok(None),
    }))
}

fn deparse(value: &Value<'_>) -> Result<String, Error> {
    let r = value.r();
    // Of the object without its attributes, as the oracle does.
    let bare = r.eval("function(x) { attributes(x) <- NULL; paste(deparse(x, 500L, control = c('keepNA', 'keepInteger')), collapse = '\\n') }")?;
    Function::try_from(bare)?.call(Args::new(r).push(value)?)?.to()
}

fn bits(x: f64) -> Json {
    json!(format!("{:016x}", x.to_bits()))
}

/// What a typed wrapper says that the object holds.
pub trait Typed {
    /// The member `values`.
    fn values(&self) -> Json;
}

impl Typed for Double<'_> {
    fn values(&self) -> Json {
        self.as_slice().iter().map(|x| bits(*x)).collect()
    }
}

impl Typed for Integer<'_> {
    fn values(&self) -> Json {
        self.iter().map(|x| json!(x)).collect()
    }
}

impl Typed for Logical<'_> {
    fn values(&self) -> Json {
        self.iter().map(|x| json!(x)).collect()
    }
}

impl Typed for Complex<'_> {
    fn values(&self) -> Json {
        self.as_slice().iter().map(|x| json!([bits(x.re), bits(x.im)])).collect()
    }
}

impl Typed for Raw<'_> {
    fn values(&self) -> Json {
        self.as_slice().iter().map(|x| json!(x)).collect()
    }
}

impl Typed for Character<'_> {
    fn values(&self) -> Json {
        self.iter()
            .map(|x| json!(x.expect("R's own data sets hold text that can be read").as_deref()))
            .collect()
    }
}

/// A factor is read through its enumeration and turned back to codes by R's spelling of the levels.
impl<E: RFactor> Typed for FactorOf<'_, E> {
    fn values(&self) -> Json {
        let levels = self.levels().and_then(|levels| levels.to_vec()).expect("a factor has levels");
        let code = |element: Option<E>| {
            let level = element?.level();
            levels
                .iter()
                .position(|candidate| candidate.as_deref() == Some(level))
                .map(|position| position + 1)
        };
        self.iter().map(|element| json!(code(element))).collect()
    }
}

impl<V: Typed> Typed for Matrix<V> {
    fn values(&self) -> Json {
        (**self).values()
    }
}

impl<V: Typed> Typed for Array<V> {
    fn values(&self) -> Json {
        (**self).values()
    }
}

impl<V: Typed> Typed for TimeSeries<V> {
    fn values(&self) -> Json {
        (**self).values()
    }
}

impl Typed for List<'_> {
    fn values(&self) -> Json {
        Json::Null
    }
}

impl Typed for Value<'_> {
    fn values(&self) -> Json {
        values(self).ok().flatten().unwrap_or(Json::Null)
    }
}
