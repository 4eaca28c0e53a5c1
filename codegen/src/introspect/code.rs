//! From R's calls, pairlists and vectors to code of our own.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rds::{Data, Tagged, Value, is_na};
use crate::ir::Kind;
use crate::ir::code::{Arg, Call, Expr, Formal, Lambda, MOST_ELEMENTS, Name, Vector};

/// How deeply code is followed. What nests more deeply was written by a program to be run by one.
const MAX_DEPTH: u32 = 500;

/// Reads code. Names are shared among all that one reader reads.
#[derive(Debug, Default)]
pub struct Code {
    names: BTreeMap<Name, ()>,
    depth: u32,
}

impl Code {
    /// The shared form of a name.
    pub fn name(&mut self, text: &str) -> Name {
        if let Some((name, ())) = self.names.get_key_value(text) {
            return Arc::clone(name);
        }
        let name: Name = Arc::from(text);
        self.names.insert(Arc::clone(&name), ());
        name
    }

    /// The formal arguments that a pairlist describes.
    pub fn formals(&mut self, value: &Value) -> Vec<Formal> {
        let Data::Pairlist(cells) = &value.data else { return Vec::new() };
        cells
            .iter()
            .map(|cell| Formal { name: self.name(&cell.tag), default: self.value(&cell.value) })
            .collect()
    }

    /// An expression; `None` for R's empty argument.
    pub fn value(&mut self, value: &Value) -> Option<Expr> {
        match value.data {
            Data::MissingArgument | Data::Unbound => None,
            _ => Some(self.expr(value)),
        }
    }

    /// An expression.
    pub fn expr(&mut self, value: &Value) -> Expr {
        if self.depth == MAX_DEPTH {
            return Expr::Opaque(self.name("…"));
        }
        self.depth += 1;
        let expr = self.content(value);
        self.depth -= 1;
        expr
    }

    fn content(&mut self, value: &Value) -> Expr {
        match &value.data {
            Data::Null => Expr::Null,
            Data::Symbol(name) => Expr::Symbol(self.name(name)),
            // A primitive in the place of its name.
            Data::Special(name) | Data::Builtin(name) => Expr::Symbol(self.name(name)),
            Data::Language(cells) => self.call(cells),
            Data::Bytecode(expression) => self.expr(expression),
            Data::Promise { expression, .. } => self.expr(expression),
            Data::Pairlist(cells) | Data::Dots(cells) => self.pairlist(cells),
            Data::Logical(_)
            | Data::Integer(_)
            | Data::Double(_)
            | Data::Complex(_)
            | Data::Character(_)
            | Data::Raw(_)
            | Data::List(_)
            | Data::Expression(_) => self.vector(value),
            Data::Persistent(word) => self.opaque(word.first().map_or("environment", |word| &**word)),
            Data::Closure { .. } => self.opaque("closure"),
            Data::S4 => self.opaque("S4"),
            Data::ExternalPointer => self.opaque("externalptr"),
            Data::WeakReference => self.opaque("weakref"),
            Data::Char(_) => self.opaque("char"),
            Data::MissingArgument | Data::Unbound => self.opaque("missing"),
            Data::Environment(_)
            | Data::GlobalEnv
            | Data::BaseEnv
            | Data::EmptyEnv
            | Data::BaseNamespace
            | Data::Namespace(_)
            | Data::Package(_) => self.opaque("environment"),
        }
    }

    fn opaque(&mut self, kind: &str) -> Expr {
        Expr::Opaque(self.name(kind))
    }

    fn call(&mut self, cells: &[Tagged]) -> Expr {
        let Some((callee, rest)) = cells.split_first() else { return Expr::Null };
        // `function(x) x` in code is a call of `function` with a pairlist, the body and where it stood in its file.
        if let Data::Symbol(name) = &callee.value.data
            && &**name == "function"
            && let [formals, body, ..] = rest
            && matches!(formals.value.data, Data::Pairlist(_) | Data::Null)
        {
            let formals = self.formals(&formals.value);
            return Expr::Function(Box::new(Lambda { formals, body: self.expr(&body.value) }));
        }
        let callee = self.expr(&callee.value);
        let args = rest.iter().map(|cell| Arg { name: self.tag(&cell.tag), value: self.value(&cell.value) });
        let args = args.collect();
        Expr::Call(Box::new(Call { callee, args }))
    }

    fn tag(&mut self, tag: &str) -> Option<Name> {
        (!tag.is_empty()).then(|| self.name(tag))
    }

    fn pairlist(&mut self, cells: &[Tagged]) -> Expr {
        let names = cells.iter().any(|cell| !cell.tag.is_empty());
        let kept = &cells[..cells.len().min(MOST_ELEMENTS)];
        Expr::Vector(Box::new(Vector {
            kind: Kind::List,
            elements: kept.iter().map(|cell| self.expr(&cell.value)).collect(),
            names: names.then(|| kept.iter().map(|cell| self.name(&cell.tag)).collect()),
            class: Vec::new(),
            length: cells.len() as u64,
        }))
    }

    /// A vector that stands in code as a value: a literal, where it can be written as one.
    pub fn vector(&mut self, value: &Value) -> Expr {
        fn first<T>(all: &[T]) -> &[T] {
            &all[..all.len().min(MOST_ELEMENTS)]
        }
        let (kind, length, mut elements): (Kind, usize, Vec<Expr>) = match &value.data {
            Data::Logical(all) => {
                (Kind::Logical, all.len(), first(all).iter().map(|&one| logical(one)).collect())
            }
            Data::Integer(all) => {
                (Kind::Integer, all.len(), first(all).iter().map(|&one| integer(one)).collect())
            }
            Data::Double(all) => {
                (Kind::Double, all.len(), first(all).iter().map(|&one| double(one)).collect())
            }
            Data::Complex(all) => {
                (Kind::Complex, all.len(), first(all).iter().map(|&one| complex(one)).collect())
            }
            Data::Character(all) => {
                let text = |one: &Option<_>| Expr::String(one.as_deref().map(|one: &str| self.name(one)));
                (Kind::Character, all.len(), first(all).iter().map(text).collect())
            }
            Data::Raw(all) => (
                Kind::Raw,
                all.len(),
                first(all).iter().map(|&one| Expr::Integer(Some(one.into()))).collect(),
            ),
            Data::List(all) => (Kind::List, all.len(), first(all).iter().map(|one| self.expr(one)).collect()),
            Data::Expression(all) => {
                (Kind::Expression, all.len(), first(all).iter().map(|one| self.expr(one)).collect())
            }
            _ => return Expr::Null,
        };
        let mut texts = |attribute| -> Vec<Name> {
            let strings = value.attribute(attribute).and_then(Value::strings).unwrap_or_default();
            strings.iter().map(|one| self.name(one.as_deref().unwrap_or("NA"))).collect()
        };
        let class = texts("class");
        let mut names = texts("names");
        let plain = value.attributes.iter().flatten().all(|one| matches!(&*one.tag, "srcref"));
        let literal = !matches!(kind, Kind::Raw | Kind::List | Kind::Expression);
        if length == 1
            && plain
            && literal
            && let Some(only) = elements.pop()
        {
            return only;
        }
        names.truncate(elements.len());
        let names = (!names.is_empty()).then_some(names);
        Expr::Vector(Box::new(Vector { kind, elements, names, class, length: length as u64 }))
    }
}

fn logical(value: i32) -> Expr {
    Expr::Logical((value != super::rds::NA_INTEGER).then_some(value != 0))
}

fn integer(value: i32) -> Expr {
    Expr::Integer((value != super::rds::NA_INTEGER).then_some(value))
}

fn double(value: f64) -> Expr {
    Expr::Double((!is_na(value)).then_some(value))
}

fn complex((re, im): (f64, f64)) -> Expr {
    Expr::Complex((!is_na(re) && !is_na(im)).then_some((re, im)))
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::ir::code::deparse;

    fn symbol(name: &str) -> Value {
        Value::from(Data::Symbol(name.into()))
    }

    fn cells(values: Vec<(&str, Value)>) -> Vec<Tagged> {
        values.into_iter().map(|(tag, value)| Tagged { tag: Rc::from(tag), value }).collect()
    }

    fn call(values: Vec<(&str, Value)>) -> Value {
        Value::from(Data::Language(cells(values)))
    }

    fn missing() -> Value {
        Value::from(Data::MissingArgument)
    }

    #[test]
    fn calls_have_names_and_empty_arguments() {
        let one = Value::from(Data::Integer(vec![1]));
        let value = call(vec![("", symbol("[")), ("", symbol("x")), ("", missing()), ("drop", one)]);
        assert_eq!(deparse(&Code::default().expr(&value)), "x[, drop = 1L]");
    }

    #[test]
    fn functions_in_code_are_functions() {
        let formals = Value::from(Data::Pairlist(cells(vec![
            ("x", missing()),
            ("y", Value::from(Data::Double(vec![2.0]))),
        ])));
        let value = call(vec![
            ("", symbol("function")),
            ("", formals),
            ("", symbol("x")),
            ("", Value::from(Data::Null)),
        ]);
        let Expr::Function(lambda) = Code::default().expr(&value) else { panic!("it is a function") };
        assert_eq!(lambda.formals.len(), 2);
        assert_eq!(lambda.formals[0].default, None);
        assert_eq!(lambda.formals[1].default, Some(Expr::Double(Some(2.0))));
        assert_eq!(lambda.body.symbol(), Some("x"));
    }

    #[test]
    fn values_in_code_are_literals_or_vectors() {
        let mut code = Code::default();
        assert_eq!(
            code.expr(&Value::from(Data::Logical(vec![super::super::rds::NA_INTEGER]))),
            Expr::Logical(None)
        );
        assert_eq!(code.expr(&Value::from(Data::Double(vec![-1.5]))), Expr::Double(Some(-1.5)));
        let Expr::Vector(vector) = code.expr(&Value::from(Data::Integer((0..100).collect()))) else {
            panic!("it is a vector")
        };
        assert_eq!((vector.elements.len(), vector.length), (MOST_ELEMENTS, 100));
        assert_eq!(code.expr(&Value::from(Data::GlobalEnv)), Expr::Opaque("environment".into()));
    }

    #[test]
    fn deep_code_ends_somewhere() {
        let mut value = symbol("x");
        for _ in 0..2 * MAX_DEPTH {
            value = call(vec![("", symbol("f")), ("", value)]);
        }
        let mut expr = &Code::default().expr(&value);
        let mut depth = 0;
        while let Some(inner) = expr.call().and_then(|call| call.arg(0)) {
            expr = inner;
            depth += 1;
        }
        assert_eq!(depth, MAX_DEPTH);
        assert_eq!(expr, &Expr::Opaque("…".into()));
    }
}
