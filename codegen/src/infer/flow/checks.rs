//! Functions that check arguments: R's own, and those of the packages that everybody uses for it.

use super::Walker;
use super::facts::of_class;
use super::value::{State, Value};
use crate::ir::code::{Call, Expr};
use crate::ir::types::{Atomic, Term, Type};
use crate::ir::{Confidence, Source};

impl<'a> Walker<'a, '_> {
    /// The value of a call that checks an argument; `None` where it does not.
    pub(super) fn check(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        name: &'a str,
        state: &mut State<'a>,
    ) -> Option<Value<'a>> {
        match name {
            "stopifnot" | "assert_that" | "validate_that" => {
                for arg in &call.args {
                    if let Some(code) = &arg.value
                        && arg.name.as_deref() != Some("msg")
                    {
                        self.condition(code, state);
                        let facts = self.facts(code, state);
                        self.require(&facts.holds, state, code);
                    }
                }
                Some(Value::of(Type::null()))
            }
            "match.arg" | "arg_match" | "arg_match0" | "match_arg" => self.match_arg(expr, call, state),
            "pmatch" | "charmatch" => {
                let value = self.eval(call.arg(0)?, state);
                let table = call.arg(1)?;
                let choices = self.written_strings(table, state);
                let choices = if choices.is_empty() {
                    self.eval(table, state).strings.as_deref().map(<[String]>::to_vec).unwrap_or_default()
                } else {
                    choices
                };
                let ty = Type::scalar(Atomic::Character);
                self.demand(state, &value, ty, Source::Body, Confidence::Likely, expr);
                if let Some(parameter) = self.noted(state, &value)
                    && !choices.is_empty()
                {
                    parameter.choices.get_or_insert((choices, false, expr));
                }
                Some(Value::of(Type::scalar(Atomic::Integer)))
            }
            _ if self.context.function(name).is_none() => self.checkmate(expr, call, name, state),
            _ => None,
        }
    }

    fn match_arg(&mut self, expr: &'a Expr, call: &'a Call, state: &mut State<'a>) -> Option<Value<'a>> {
        let first = call.arg(0)?;
        let value = self.eval(first, state);
        let table = call.named("choices").or_else(|| call.named("values")).or_else(|| {
            call.args.iter().filter(|arg| arg.name.is_none()).nth(1).and_then(|arg| arg.value.as_ref())
        });
        let several = ["several.ok", "multiple"]
            .iter()
            .any(|name| call.named(name) == Some(&Expr::Logical(Some(true))));
        let formals = self.formals;
        let choices = match table {
            Some(table) => {
                let value = self.eval(table, state);
                let written = self.written_strings(table, state);
                if written.is_empty() {
                    value.strings.as_deref().map(<[String]>::to_vec).unwrap_or_default()
                } else {
                    written
                }
            }
            None => value
                .origin
                .and_then(|index| formals.get(index))
                .and_then(|formal| formal.default.as_ref())
                .map(|default| self.written_strings(default, state))
                .unwrap_or_default(),
        };
        if choices.is_empty() {
            let ty = Type::scalar(Atomic::Character);
            self.demand(
                state,
                &value,
                if several { ty.clone().vectors() } else { ty.clone() },
                Source::Check,
                Confidence::Strong,
                expr,
            );
            return Some(Value::of(if several { ty.vectors() } else { ty }));
        }
        if let Some(parameter) = self.noted(state, &value) {
            parameter.choices = Some((choices.clone(), several, expr));
        }
        if several {
            return Some(Value::of(Type::vector(Atomic::Character)));
        }
        let ty = choices.iter().map(|one| Term::Literal(one.clone())).collect();
        Some(Value { strings: None, ..Value::of(ty) })
    }

    /// `assert_numeric(x, len = 1)` of checkmate, `check_string(x)` of rlang's standalone checks.
    fn checkmate(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        name: &'a str,
        state: &mut State<'a>,
    ) -> Option<Value<'a>> {
        let rest = name.strip_prefix("assert").or_else(|| name.strip_prefix("check"))?;
        let what: String =
            rest.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_lowercase();
        use Atomic::{Character, Complex, Double, Integer, Logical};
        let ty = match what.as_str() {
            "string" => Type::scalar(Character),
            "character" | "names" => Type::vector(Character),
            "flag" | "bool" => Type::scalar(Logical),
            "logical" => Type::vector(Logical),
            "number" | "numberwhole" | "numberdecimal" | "count" | "int" => Type::scalar(Double),
            "numeric" | "double" => Type::vector(Double),
            "integerish" => Type::vector(Double),
            "integer" => Type::vector(Integer),
            "complex" => Type::vector(Complex),
            "function" | "closure" => Type::function(),
            "list" => Type::list(),
            "dataframe" => Type::class("data.frame"),
            "datatable" => Type::class("data.table"),
            "tibble" => Type::class("tbl_df"),
            "matrix" => Term::Matrix(None).into(),
            "array" => Type::class("array"),
            "factor" => Type::class("factor"),
            "environment" => Term::Environment.into(),
            "formula" => Type::class("formula"),
            "symbol" | "call" | "name" => Term::Code.into(),
            "class" | "inherits" | "multiclass" | "r6" => {
                let classes = call.arg(1).map(|one| self.written_strings(one, state)).unwrap_or_default();
                if what == "multiclass" {
                    classes.iter().fold(Type::never(), |ty, one| ty.or(of_class(one)))
                } else {
                    match classes.first() {
                        Some(class) => of_class(class),
                        None => Type::Any,
                    }
                }
            }
            "choice" | "subset" => {
                let value = self.eval(call.arg(0)?, state);
                let choices = call.arg(1).map(|one| self.written_strings(one, state)).unwrap_or_default();
                if let Some(parameter) = self.noted(state, &value)
                    && !choices.is_empty()
                {
                    parameter.choices = Some((choices, what == "subset", expr));
                }
                return Some(value);
            }
            _ => return None,
        };
        let value = self.eval(call.arg(0)?, state);
        let is_true =
            |names: &[&str]| names.iter().any(|name| call.named(name) == Some(&Expr::Logical(Some(true))));
        let single = call.named("len") == Some(&Expr::Double(Some(1.0)));
        let mut ty = if single { super::facts::scalars(ty) } else { ty };
        if is_true(&["null.ok", "allow_null"]) {
            if let Some(parameter) = self.noted(state, &value) {
                parameter.may_be_null.get_or_insert(expr);
            }
            ty = ty.or_null();
        }
        if single {
            self.one(state, &value, Confidence::Hard, expr);
        }
        self.demand(state, &value, ty.clone(), Source::Check, Confidence::Hard, expr);
        Some(Value::of(ty))
    }
}
