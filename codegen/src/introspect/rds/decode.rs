//! The decoder proper: `ReadItem` of R's serialize.c, without R.

use std::rc::Rc;

use super::input::Input;
use super::value::{Data, Decoded, EnvId, Environment, Tagged, Value};
use super::{Error, MAX_DEPTH, altrep, bytecode};

/// The type codes of a stream: R's SEXP types and the pseudo types of serialize.c.
pub(super) mod code {
    pub const SYM: u8 = 1;
    pub const LIST: u8 = 2;
    pub const CLO: u8 = 3;
    pub const ENV: u8 = 4;
    pub const PROM: u8 = 5;
    pub const LANG: u8 = 6;
    pub const SPECIAL: u8 = 7;
    pub const BUILTIN: u8 = 8;
    pub const CHAR: u8 = 9;
    pub const LGL: u8 = 10;
    pub const INT: u8 = 13;
    pub const REAL: u8 = 14;
    pub const CPLX: u8 = 15;
    pub const STR: u8 = 16;
    pub const DOT: u8 = 17;
    pub const VEC: u8 = 19;
    pub const EXPR: u8 = 20;
    pub const BCODE: u8 = 21;
    pub const EXTPTR: u8 = 22;
    pub const WEAKREF: u8 = 23;
    pub const RAW: u8 = 24;
    pub const S4: u8 = 25;
    pub const ALTREP: u8 = 238;
    pub const ATTR_LIST: u8 = 239;
    pub const ATTR_LANG: u8 = 240;
    pub const BASE_ENV: u8 = 241;
    pub const EMPTY_ENV: u8 = 242;
    pub const BC_REP_REF: u8 = 243;
    pub const BC_REP_DEF: u8 = 244;
    pub const GENERIC_REF: u8 = 245;
    pub const CLASS_REF: u8 = 246;
    pub const PERSIST: u8 = 247;
    pub const PACKAGE: u8 = 248;
    pub const NAMESPACE: u8 = 249;
    pub const BASE_NAMESPACE: u8 = 250;
    pub const MISSING_ARG: u8 = 251;
    pub const UNBOUND: u8 = 252;
    pub const GLOBAL_ENV: u8 = 253;
    pub const NIL: u8 = 254;
    pub const REF: u8 = 255;
}

/// The word in front of each item.
#[derive(Clone, Copy)]
pub(super) struct Flags {
    pub code: u8,
    pub object: bool,
    pub attributes: bool,
    pub tag: bool,
    pub levels: u16,
    packed: i32,
}

impl Flags {
    fn new(word: i32) -> Flags {
        Flags {
            code: word as u8,
            object: word & (1 << 8) != 0,
            attributes: word & (1 << 9) != 0,
            tag: word & (1 << 10) != 0,
            levels: (word >> 12) as u16,
            packed: word >> 8,
        }
    }
}

/// The state of a decoder.
pub(super) struct Decoder<'a> {
    pub input: Input<'a>,
    /// What `REF` items refer to.
    references: Vec<Value>,
    environments: Vec<Environment>,
    depth: u32,
    /// How many values may still be made beyond those that the input spells out.
    budget: usize,
}

/// The most values that may come from sharing and from compact sequences.
const MAX_COPIES: usize = 1 << 27;

/// Decodes one value, which has to fill the whole input.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    let input = Input::open(bytes)?;
    let mut decoder =
        Decoder { input, references: Vec::new(), environments: Vec::new(), depth: 0, budget: MAX_COPIES };
    let root = decoder.item()?;
    if !decoder.input.at_end() {
        return Err(decoder.input.fail("there is more after the value"));
    }
    Ok(Decoded { root, environments: decoder.environments })
}

impl Decoder<'_> {
    /// Reads one value.
    pub fn item(&mut self) -> Result<Value, Error> {
        let flags = Flags::new(self.input.int()?);
        self.item_of(flags)
    }

    /// Accounts for values that take no room in the stream: copies of shared cells, expanded sequences.
    pub fn charge(&mut self, values: usize) -> Result<(), Error> {
        match self.budget.checked_sub(values) {
            Some(rest) => {
                self.budget = rest;
                Ok(())
            }
            None => Err(self.input.fail("it expands to more values than rbindgen takes")),
        }
    }

    /// Runs `read` one level deeper.
    pub fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.depth == MAX_DEPTH {
            return Err(self.input.fail(format!("values nest deeper than {MAX_DEPTH} levels")));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Reads the value whose flags have been read.
    pub fn item_of(&mut self, flags: Flags) -> Result<Value, Error> {
        self.deeper(|decoder| decoder.dispatch(flags))
    }

    fn dispatch(&mut self, flags: Flags) -> Result<Value, Error> {
        let data = match flags.code {
            code::NIL => Data::Null,
            code::EMPTY_ENV => Data::EmptyEnv,
            code::BASE_ENV => Data::BaseEnv,
            code::GLOBAL_ENV => Data::GlobalEnv,
            code::UNBOUND => Data::Unbound,
            code::MISSING_ARG => Data::MissingArgument,
            code::BASE_NAMESPACE => Data::BaseNamespace,
            code::REF => return self.reference(flags),
            code::SYM => {
                let name = match self.item()?.data {
                    Data::Char(Some(name)) => name,
                    // The symbol NA.
                    Data::Char(None) => Rc::from("NA"),
                    _ => return Err(self.input.fail("a symbol has no name")),
                };
                return Ok(self.remember(Data::Symbol(name)));
            }
            code::PERSIST => return self.named(Data::Persistent),
            code::PACKAGE => return self.named(Data::Package),
            code::NAMESPACE => return self.named(Data::Namespace),
            code::ENV => return self.environment(),
            code::EXTPTR => return self.pointer(flags, Data::ExternalPointer, 2),
            code::WEAKREF => return self.pointer(flags, Data::WeakReference, 0),
            code::LIST | code::LANG | code::DOT | code::CLO | code::PROM => return self.cell(flags),
            code::SPECIAL | code::BUILTIN => {
                let length = self.input.length()?;
                let name = self.input.string(length, 0)?;
                if flags.code == code::SPECIAL { Data::Special(name) } else { Data::Builtin(name) }
            }
            code::BCODE => Data::Bytecode(Box::new(bytecode::read(self)?)),
            code::ALTREP => return altrep::read(self),
            code::CLASS_REF | code::GENERIC_REF => {
                return Err(self.input.fail("references to classes and generics are not written by R"));
            }
            _ => self.vector(flags)?,
        };
        let attributes =
            if flags.attributes && has_attributes(flags.code) { self.attributes()? } else { None };
        // A single string may announce attributes, which R reads and drops.
        let attributes = if flags.code == code::CHAR { None } else { attributes };
        Ok(Value { data, attributes, object: flags.object, levels: flags.levels })
    }

    fn vector(&mut self, flags: Flags) -> Result<Data, Error> {
        Ok(match flags.code {
            code::CHAR => match self.input.int()? {
                -1 => Data::Char(None),
                length => {
                    let length = usize::try_from(length)
                        .map_err(|_| self.input.fail(format!("{length} is no length of a string")))?;
                    Data::Char(Some(self.input.string(length, flags.levels)?))
                }
            },
            code::LGL => {
                let length = self.input.vector_length()?;
                Data::Logical(self.input.ints(length)?)
            }
            code::INT => {
                let length = self.input.vector_length()?;
                Data::Integer(self.input.ints(length)?)
            }
            code::REAL => {
                let length = self.input.vector_length()?;
                Data::Double(self.input.doubles(length)?)
            }
            code::CPLX => {
                let length = self.input.vector_length()?;
                let parts = self.input.doubles(length.saturating_mul(2))?;
                Data::Complex(parts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
            }
            code::STR => {
                let length = self.input.vector_length()?;
                Data::Character(self.strings(length)?)
            }
            code::VEC | code::EXPR => {
                let length = self.input.vector_length()?;
                let mut elements = self.input.reserve(length, 4);
                for _ in 0..length {
                    elements.push(self.item()?);
                }
                if flags.code == code::VEC { Data::List(elements) } else { Data::Expression(elements) }
            }
            code::RAW => {
                let length = self.input.vector_length()?;
                Data::Raw(self.input.take(length)?.to_vec())
            }
            code::S4 => Data::S4,
            other => return Err(self.input.fail(format!("there is no type with the code {other}"))),
        })
    }

    fn strings(&mut self, length: usize) -> Result<Vec<Option<Rc<str>>>, Error> {
        let mut strings = self.input.reserve(length, 8);
        for _ in 0..length {
            match self.item()?.data {
                Data::Char(string) => strings.push(string),
                _ => return Err(self.input.fail("an element of a character vector is no string")),
            }
        }
        Ok(strings)
    }

    /// Attributes come as a pairlist.
    pub fn attributes(&mut self) -> Result<Option<Vec<Tagged>>, Error> {
        match self.item()?.data {
            Data::Pairlist(attributes) => Ok(Some(attributes)),
            Data::Null => Ok(None),
            _ => Err(self.input.fail("attributes are not a pairlist")),
        }
    }

    /// Adds a value to the table that `REF` items index.
    fn remember(&mut self, data: Data) -> Value {
        let value = Value::from(data);
        self.references.push(value.clone());
        value
    }

    fn reference(&mut self, flags: Flags) -> Result<Value, Error> {
        // Small indices are packed into the flags.
        let index = if flags.packed == 0 { self.input.int()? } else { flags.packed };
        let found = usize::try_from(index).ok().and_then(|index| self.references.get(index.checked_sub(1)?));
        found
            .cloned()
            .ok_or_else(|| self.input.fail(format!("reference {index} to something that was not there")))
    }

    /// Namespaces, packages and persistent names: a vector of strings without flags of its own.
    fn named(&mut self, data: fn(Rc<[Rc<str>]>) -> Data) -> Result<Value, Error> {
        if self.input.int()? != 0 {
            return Err(self.input.fail("names of persistent strings are not supported by R"));
        }
        let length = self.input.length()?;
        let strings = self.strings(length)?;
        let strings = strings.into_iter().map(|string| string.unwrap_or_else(|| Rc::from("NA"))).collect();
        Ok(self.remember(data(strings)))
    }

    fn environment(&mut self) -> Result<Value, Error> {
        let locked = self.input.int()? != 0;
        let id = EnvId(self.environments.len());
        // It is known before its content is read, which may refer to it.
        self.environments.push(Environment { locked, ..Environment::default() });
        let value = self.remember(Data::Environment(id));
        let enclosure = self.present()?;
        let frame = self.present()?;
        let table = self.present()?;
        let attributes = self.present()?;
        self.environments[id.0] = Environment { locked, enclosure, frame, table, attributes };
        Ok(value)
    }

    fn present(&mut self) -> Result<Option<Value>, Error> {
        Ok(Some(self.item()?).filter(|value| !value.is_null()))
    }

    /// External pointers and weak references: their content means nothing outside the process.
    fn pointer(&mut self, flags: Flags, data: Data, parts: u32) -> Result<Value, Error> {
        let mut value = self.remember(data);
        for _ in 0..parts {
            self.item()?;
        }
        if flags.attributes {
            value.attributes = self.attributes()?;
        }
        value.object = flags.object;
        Ok(value)
    }

    /// Everything that is made of a cell: iterative along the tail, which may be long.
    fn cell(&mut self, first: Flags) -> Result<Value, Error> {
        let attributes = if first.attributes { self.attributes()? } else { None };
        let tag = if first.tag { Some(self.item()?) } else { None };
        let head = self.item()?;
        let value = |data| Value { data, attributes, object: first.object, levels: first.levels };
        let part = |tag: Option<Value>| Box::new(tag.unwrap_or(Value::from(Data::Null)));
        match first.code {
            code::CLO => {
                let body = Box::new(self.item()?);
                return Ok(value(Data::Closure { formals: Box::new(head), body, environment: part(tag) }));
            }
            code::PROM => {
                let expression = Box::new(self.item()?);
                return Ok(value(Data::Promise {
                    value: Box::new(head),
                    expression,
                    environment: part(tag),
                }));
            }
            _ => {}
        }
        let mut cells = vec![Tagged { tag: self.tag(tag)?, value: head }];
        loop {
            let flags = Flags::new(self.input.int()?);
            match flags.code {
                code::LIST | code::LANG | code::DOT => {
                    if flags.attributes {
                        // Attributes of a later cell belong to no value that we keep.
                        self.attributes()?;
                    }
                    let tag = if flags.tag { Some(self.item()?) } else { None };
                    let tag = self.tag(tag)?;
                    let head = self.item()?;
                    cells.push(Tagged { tag, value: head });
                }
                code::NIL => break,
                _ => {
                    // A dotted pair, which R code can hardly make: kept as a last element.
                    let last = self.item_of(flags)?;
                    if !last.is_null() {
                        cells.push(Tagged { tag: Rc::from(""), value: last });
                    }
                    break;
                }
            }
        }
        Ok(value(match first.code {
            code::LANG => Data::Language(cells),
            code::DOT => Data::Dots(cells),
            _ => Data::Pairlist(cells),
        }))
    }

    /// The text of a tag.
    pub fn tag(&mut self, tag: Option<Value>) -> Result<Rc<str>, Error> {
        match tag.map(|tag| tag.data) {
            None | Some(Data::Null) => Ok(Rc::from("")),
            Some(Data::Symbol(name)) => Ok(name),
            Some(_) => Err(self.input.fail("a tag is no symbol")),
        }
    }
}

/// Whether the attribute flag of an item with this code announces a pairlist after its content.
fn has_attributes(item: u8) -> bool {
    matches!(
        item,
        code::SPECIAL..=code::INT
            | code::REAL..=code::STR
            | code::VEC..=code::BCODE
            | code::RAW
            | code::S4
    )
}
