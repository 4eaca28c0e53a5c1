//! Decoded R values.

use std::rc::Rc;

/// A decoded stream: a value and the environments that it refers to.
#[derive(Debug)]
pub struct Decoded {
    /// The value.
    pub root: Value,
    /// The environments, in the order in which they were met. They may refer to each other in circles, hence the indices.
    pub environments: Vec<Environment>,
}

/// The index of an environment in [`Decoded::environments`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnvId(pub usize);

/// A closed-over or stored environment.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// Whether bindings can be added.
    pub locked: bool,
    /// The enclosing environment.
    pub enclosure: Option<Value>,
    /// The bindings of an environment without hash table.
    pub frame: Option<Value>,
    /// The hash table: a list of pairlists.
    pub table: Option<Value>,
    /// Its attributes.
    pub attributes: Option<Value>,
}

/// An element of a pairlist: its tag (`""` where it has none) and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Tagged {
    /// The tag.
    pub tag: Rc<str>,
    /// The value.
    pub value: Value,
}

/// An R value.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The type and its content.
    pub data: Data,
    /// The attributes, in R's order.
    pub attributes: Option<Vec<Tagged>>,
    /// R's object bit: it has a class.
    pub object: bool,
    /// The general-purpose bits; bit 4 marks an S4 object.
    pub levels: u16,
}

/// The content of a value, by type.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // each is named as R names it
pub enum Data {
    Null,
    Symbol(Rc<str>),
    Pairlist(Vec<Tagged>),
    /// A call: the function first.
    Language(Vec<Tagged>),
    /// The content of `...`.
    Dots(Vec<Tagged>),
    Closure {
        formals: Box<Value>,
        body: Box<Value>,
        environment: Box<Value>,
    },
    Promise {
        value: Box<Value>,
        expression: Box<Value>,
        environment: Box<Value>,
    },
    Environment(EnvId),
    GlobalEnv,
    BaseEnv,
    EmptyEnv,
    BaseNamespace,
    /// A namespace: name and version.
    Namespace(Rc<[Rc<str>]>),
    /// A package's environment on the search path.
    Package(Rc<[Rc<str>]>),
    /// A reference that a hook of `serialize()` wrote.
    Persistent(Rc<[Rc<str>]>),
    /// A primitive, by name.
    Special(Rc<str>),
    /// A primitive, by name.
    Builtin(Rc<str>),
    /// NA is the smallest integer.
    Logical(Vec<i32>),
    /// NA is the smallest integer.
    Integer(Vec<i32>),
    Double(Vec<f64>),
    Complex(Vec<(f64, f64)>),
    Character(Vec<Option<Rc<str>>>),
    /// A single string that stands outside a character vector.
    Char(Option<Rc<str>>),
    Raw(Vec<u8>),
    List(Vec<Value>),
    Expression(Vec<Value>),
    S4,
    ExternalPointer,
    WeakReference,
    /// Compiled code, as the expression that it was compiled from.
    Bytecode(Box<Value>),
    /// The empty argument.
    MissingArgument,
    Unbound,
}

/// NA among integers and logicals.
pub const NA_INTEGER: i32 = i32::MIN;

impl From<Data> for Value {
    fn from(data: Data) -> Value {
        Value { data, attributes: None, object: false, levels: 0 }
    }
}

impl Value {
    /// The attribute `name`.
    pub fn attribute(&self, name: &str) -> Option<&Value> {
        self.attributes.as_ref()?.iter().find(|one| &*one.tag == name).map(|one| &one.value)
    }

    /// The element `name` of a named list.
    pub fn element(&self, name: &str) -> Option<&Value> {
        let elements = self.elements()?;
        let names = self.attribute("names")?.strings()?;
        let index = names.iter().position(|one| one.as_deref() == Some(name))?;
        elements.get(index)
    }

    /// The elements of a list or an expression vector.
    pub fn elements(&self) -> Option<&[Value]> {
        match &self.data {
            Data::List(elements) | Data::Expression(elements) => Some(elements),
            _ => None,
        }
    }

    /// The strings of a character vector.
    pub fn strings(&self) -> Option<&[Option<Rc<str>>]> {
        match &self.data {
            Data::Character(strings) => Some(strings),
            _ => None,
        }
    }

    /// The string of a character vector of length one.
    pub fn string(&self) -> Option<&str> {
        match self.strings()? {
            [one] => one.as_deref(),
            _ => None,
        }
    }

    /// The number of a vector of length one that is not NA.
    pub fn number(&self) -> Option<f64> {
        match &self.data {
            Data::Integer(numbers) | Data::Logical(numbers) => match numbers[..] {
                [number] if number != NA_INTEGER => Some(f64::from(number)),
                _ => None,
            },
            Data::Double(numbers) => match numbers[..] {
                [number] if !number.is_nan() => Some(number),
                _ => None,
            },
            _ => None,
        }
    }

    /// The flag of a logical vector of length one that is not NA.
    pub fn flag(&self) -> Option<bool> {
        match &self.data {
            Data::Logical(flags) => match flags[..] {
                [flag] if flag != NA_INTEGER => Some(flag != 0),
                _ => None,
            },
            _ => None,
        }
    }

    /// About how many values it is made of: what a copy of it costs.
    pub(super) fn size(&self) -> usize {
        let tagged = |cells: &[Tagged]| cells.iter().map(|cell| cell.value.size()).sum::<usize>();
        let content = match &self.data {
            Data::Pairlist(cells) | Data::Language(cells) | Data::Dots(cells) => tagged(cells),
            Data::List(values) | Data::Expression(values) => values.iter().map(Value::size).sum(),
            Data::Closure { formals, body, environment } => formals.size() + body.size() + environment.size(),
            Data::Promise { value, expression, environment } => {
                value.size() + expression.size() + environment.size()
            }
            Data::Bytecode(expression) => expression.size(),
            Data::Logical(numbers) | Data::Integer(numbers) => numbers.len(),
            Data::Double(numbers) => numbers.len(),
            Data::Complex(numbers) => numbers.len(),
            Data::Character(strings) => strings.len(),
            Data::Raw(bytes) => bytes.len(),
            _ => 0,
        };
        1 + content + self.attributes.as_deref().map_or(0, tagged)
    }

    /// Whether it is NULL.
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }
}
