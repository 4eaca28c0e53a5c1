//! The conditions that code signals, as far as it says their classes as text.

use std::collections::{BTreeMap, BTreeSet};

use super::functions::walk;
use crate::ir::code::{Call, Expr};
use crate::ir::{Condition, Function};

/// The classes of the conditions that these functions make, and which of them do.
pub fn conditions(functions: &[Function]) -> Vec<Condition> {
    let mut found: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
    for function in functions {
        let Some(body) = &function.body else { continue };
        walk(body, &mut |expr| {
            if let Some(class) = expr.call().and_then(made) {
                found.entry(class).or_default().insert(function.name.clone());
            }
        });
    }
    let condition =
        |(class, by): (_, BTreeSet<String>)| Condition { class, signalled_by: by.into_iter().collect() };
    found.into_iter().map(condition).collect()
}

/// The class of the condition that a call makes.
fn made(call: &Call) -> Option<Vec<String>> {
    let class_and = |rest: &[&str]| {
        let mut class = texts(call.named("class")?);
        if class.is_empty() {
            return None;
        }
        class.extend(
            rest.iter()
                .filter(|one| !class.iter().any(|given| given == *one))
                .map(|one| (*one).to_owned())
                .collect::<Vec<_>>(),
        );
        Some(class)
    };
    match call.name()? {
        "structure" => whole(call.named("class").or_else(|| call.named(".Class"))?),
        // class(x) <- c("special", "condition")
        "<-" | "=" | "<<-" => {
            let target = call.arg(0)?.call()?;
            let is_class = match target.name()? {
                "class" | "oldClass" => true,
                "attr" => target.arg(1).and_then(Expr::string) == Some("class"),
                _ => false,
            };
            if is_class { whole(call.arg(1)?) } else { None }
        }
        "errorCondition" => class_and(&["error", "condition"]),
        "warningCondition" => class_and(&["warning", "condition"]),
        "abort" | "cli_abort" | "error_cnd" => class_and(&["rlang_error", "error", "condition"]),
        "warn" | "cli_warn" | "warning_cnd" => class_and(&["rlang_warning", "warning", "condition"]),
        "inform" | "cli_inform" | "message_cnd" => class_and(&["rlang_message", "message", "condition"]),
        _ => None,
    }
}

/// A class attribute that is written out and is that of a condition of the package's own.
fn whole(class: &Expr) -> Option<Vec<String>> {
    const STANDARD: [&str; 7] =
        ["simpleError", "simpleWarning", "simpleMessage", "simpleCondition", "error", "warning", "condition"];
    let class = texts(class);
    let own = class.iter().any(|one| !STANDARD.contains(&one.as_str()) && one != "message");
    (own && class.iter().any(|one| one == "condition")).then_some(class)
}

/// The strings of `"a"` and `c("a", "b", …)`.
fn texts(expr: &Expr) -> Vec<String> {
    let one = |expr: &Expr| expr.string().map(str::to_owned);
    match expr {
        Expr::String(_) => one(expr).into_iter().collect(),
        Expr::Call(call) if call.name() == Some("c") => {
            call.args.iter().filter_map(|arg| one(arg.value.as_ref()?)).collect()
        }
        Expr::Vector(vector) => vector.elements.iter().filter_map(one).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::code::parse;

    fn found(code: &str) -> Vec<String> {
        let function = Function { name: "f".into(), body: Some(parse(code).unwrap()), ..Function::default() };
        conditions(&[function]).into_iter().map(|one| one.class.join(" ")).collect()
    }

    #[test]
    fn classes_are_read_where_they_are_written() {
        assert_eq!(
            found(r#"stop(structure(class = c("lost", "error", "condition"), list()))"#),
            ["lost error condition"]
        );
        assert_eq!(found(r#"stop(errorCondition("no", class = "lost"))"#), ["lost error condition"]);
        assert_eq!(found(r#"rlang::abort("no", class = c("a", "b"))"#), ["a b rlang_error error condition"]);
        assert_eq!(found(r#"class(e) <- c("odd", "warning", "condition")"#), ["odd warning condition"]);
    }

    #[test]
    fn other_classes_are_no_conditions() {
        assert!(found(r#"structure(list(), class = c("tbl_df", "tbl"))"#).is_empty());
        assert!(found(r#"structure(list(), class = c("simpleError", "error", "condition"))"#).is_empty());
        assert!(found(r#"abort("no", class = class)"#).is_empty());
    }
}
