//! What code reads as, how it is laid out, and that text and tree are the same.

mod layout;
mod random;
mod reading;

use super::{Arg, Call, Expr, Name};

/// A tree in Polish notation: `(+ a (* b c))`. It shows what precedence made of the text.
fn shape(expr: &Expr) -> String {
    match expr {
        Expr::Call(call) => {
            let Call { callee, args } = &**call;
            let mut parts = vec![shape(callee)];
            parts.extend(args.iter().map(|Arg { name, value }| {
                let name = name.as_ref().map(|name| format!("{name}=")).unwrap_or_default();
                format!("{name}{}", value.as_ref().map_or("<empty>".to_owned(), shape))
            }));
            format!("({})", parts.join(" "))
        }
        Expr::Function(lambda) => {
            let formals: Vec<String> = lambda
                .formals
                .iter()
                .map(|one| match &one.default {
                    Some(default) => format!("{}={}", one.name, shape(default)),
                    None => one.name.to_string(),
                })
                .collect();
            format!("(function [{}] {})", formals.join(" "), shape(&lambda.body))
        }
        Expr::Symbol(name) => name.to_string(),
        Expr::String(Some(text)) => format!("{text:?}"),
        Expr::Null => "NULL".to_owned(),
        Expr::Integer(Some(number)) => format!("{number}L"),
        Expr::Double(Some(number)) => format!("{number}"),
        other => format!("{other:?}"),
    }
}

fn name(text: &str) -> Name {
    Name::from(text)
}

fn symbol(text: &str) -> Expr {
    Expr::Symbol(name(text))
}

fn string(text: &str) -> Expr {
    Expr::String(Some(name(text)))
}

fn number(value: f64) -> Expr {
    Expr::Double(Some(value))
}

fn call_of(callee: Expr, args: impl IntoIterator<Item = Expr>) -> Expr {
    let args = args.into_iter().map(|value| Arg { name: None, value: Some(value) }).collect();
    Expr::Call(Box::new(Call { callee, args }))
}

fn call(name: &str, args: impl IntoIterator<Item = Expr>) -> Expr {
    call_of(symbol(name), args)
}
