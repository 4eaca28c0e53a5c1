//! Functions of R that do not just take the values of their arguments: quoting, dispatch, branches, subsetting, class attributes.

use std::collections::BTreeMap;

use super::Walker;
use super::eval::{call_strings, element_of};
use super::value::{End, State, Value};
use crate::infer::context::Target;
use crate::infer::{known, s4};
use crate::ir::code::{Arg, Call, Expr};
use crate::ir::types::{Arrow, Atomic, Term, Type};
use crate::ir::{Confidence, Source};

/// Functions that signal an error.
const STOPS: &[&str] = &["stop", "abort", "cli_abort", "stop_", "q", "quit", ".Defunct", "stopf", "bail"];

impl<'a> Walker<'a, '_> {
    /// The value of a call of a special function; `None` where it is none.
    pub(super) fn special(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        name: &'a str,
        state: &mut State<'a>,
    ) -> Option<Value<'a>> {
        if STOPS.contains(&name) {
            return Some(self.stop(call, state));
        }
        Some(match name {
            "quote" | "expression" | "alist" | "match.call" | "sys.call" | "bquote" | "exprs" | "expr"
            | "quo" => Value::of(Term::Code.into()),
            "~" => Value::of(Type::class("formula")),
            "substitute" | "enquo" | "enexpr" | "ensym" | "enquo0" | "ensyms" | "enquos" | "enexprs" => {
                self.quoted(expr, call, state)
            }
            "deparse" | "deparse1" | "deparse_expr" => {
                if let Some(inner) = call.arg(0).and_then(|one| one.call_of("substitute")) {
                    if let Some(index) = self.named_parameter(inner.arg(0))
                        && let Some(parameter) = self.note(index)
                    {
                        parameter.labelled = true;
                    }
                } else {
                    self.arguments(call, state);
                }
                Value::of(Type::vector(Atomic::Character))
            }
            "eval" | "evalq" | "eval.parent" | "eval_tidy" => {
                let values = self.arguments(call, state);
                if let Some((_, first, _)) = values.first()
                    && let Some(index) = first.quoted
                    && let Some(parameter) = self.note(index)
                {
                    parameter.masked = Some(expr);
                }
                Value::unknown()
            }
            "missing" => {
                if let Some(index) = self.named_parameter(call.arg(0))
                    && let Some(parameter) = self.note(index)
                {
                    parameter.may_be_missing = true;
                }
                Value::of(Type::scalar(Atomic::Logical))
            }
            "UseMethod" => self.dispatch(call, state)?,
            "Recall" if self.inlined == 0 => {
                self.arguments(call, state);
                Value::of(Type::never())
            }
            "callNextMethod" if self.formals.first().is_some_and(|one| &*one.name == ".Object") => {
                self.arguments(call, state);
                // Each `initialize` returns the object.
                state.get(".Object").map_or_else(Value::unknown, |object| Value::of(object.ty.clone()))
            }
            "NextMethod" | "callNextMethod" | "Recall" => {
                self.arguments(call, state);
                Value::unknown()
            }
            "standardGeneric" => {
                let generic = call.arg(0)?.string()?;
                self.seen.standard_generic = Some(generic.to_owned());
                Value::of(s4::returns(self.context, generic))
            }
            "new" => self.new_object(call, state)?,
            "as" => self.converted(call, state)?,
            "initialize" => {
                let values = self.arguments(call, state);
                Value::of(values.first()?.1.ty.clone())
            }
            "on.exit" => {
                let mut inner = state.clone();
                inner.conditional = true;
                self.arguments(call, &mut inner);
                Value::of(Type::null())
            }
            "switch" => self.switch(expr, call, state)?,
            "structure" => self.structure(call, state)?,
            "$" | "@" => self.member(expr, call, name, state)?,
            "[" | "[[" => self.subset(expr, call, name, state)?,
            "tryCatch" | "withCallingHandlers" | "try_fetch" => self.try_catch(call, state),
            "try" => {
                let value = self.aside(call.arg(0)?, state);
                value.or(Value::of(Type::class("try-error")))
            }
            "suppressWarnings"
            | "suppressMessages"
            | "invisible"
            | "identity"
            | "force"
            | "local"
            | "suppressPackageStartupMessages"
            | "isolate" => match call.arg(0) {
                Some(inner) => self.eval(inner, state),
                None => Value::of(Type::null()),
            },
            "with" | "within" | "subset" | "transform" => {
                if let Some(data) = call.arg(0) {
                    self.eval(data, state);
                }
                if name == "with" { Value::unknown() } else { return None }
            }
            "match.fun" => {
                let value = self.eval(call.arg(0)?, state);
                let ty = Type::function().or(Type::scalar(Atomic::Character));
                self.demand(state, &value, ty, Source::Callee, Confidence::Strong, expr);
                Value { origin: None, ..value }.typed(Type::function())
            }
            ".C" | ".Fortran" => self.foreign_call(call, state),
            ".Call" | ".External" | ".External2" | ".Call.graphics" | ".External.graphics" => {
                self.arguments(call, state);
                Value::unknown()
            }
            ".Internal" => {
                let inner = call.arg(0)?.call()?;
                let values = self.arguments(inner, state);
                Value::of(self.known(inner.name()?, &values).unwrap_or(Type::Any))
            }
            "do.call" => self.do_call(call, state)?,
            "lapply" | "sapply" | "vapply" | "Map" | "mapply" | "Filter" | "Reduce" | "apply" | "outer"
            | "tapply" | "Find" | "Position" | "rapply" | "eapply" | "replicate" | "Vectorize"
            | "mcmapply" | "mclapply" => {
                return self.functional(expr, call, name, state);
            }
            "::" | ":::" => match self.context.target(expr) {
                Target::Unknown => Value::unknown(),
                _ => Value::of(Type::function()),
            },
            "!" => {
                let value = self.eval(call.arg(0)?, state);
                self.demand(
                    state,
                    &value,
                    Type::vector(Atomic::Logical),
                    Source::Body,
                    Confidence::Weak,
                    expr,
                );
                Value::of(self.known("!", &[(None, value, None)]).unwrap_or(Type::Any))
            }
            _ => return None,
        })
    }

    /// `new("class", ...)`.
    fn new_object(&mut self, call: &'a Call, state: &mut State<'a>) -> Option<Value<'a>> {
        let values = self.arguments(call, state);
        let (_, class, _) = values.iter().find(|(name, ..)| matches!(name, None | Some("Class")))?;
        let strings = call_strings(class);
        let ty = strings.iter().fold(Type::never(), |ty, one| ty.or(s4::of_class(self.context.package, one)));
        Some(Value::of(if ty.is_never() { Type::Any } else { ty }))
    }

    /// `as(x, "class")`.
    fn converted(&mut self, call: &'a Call, state: &mut State<'a>) -> Option<Value<'a>> {
        let values = self.arguments(call, state);
        let strings = call_strings(&values.get(1)?.1);
        let ty = strings.iter().fold(Type::never(), |ty, one| ty.or(s4::of_class(self.context.package, one)));
        Some(Value::of(if ty.is_never() { Type::Any } else { ty }))
    }

    fn stop(&mut self, call: &'a Call, state: &mut State<'a>) -> Value<'a> {
        let mut inner = state.clone();
        inner.conditional = true;
        self.quiet += 1;
        self.arguments(call, &mut inner);
        self.quiet -= 1;
        state.ended = Some(End::Stopped);
        Value::of(Type::never())
    }

    /// The code of a parameter is looked at.
    fn quoted(&mut self, expr: &'a Expr, call: &'a Call, state: &State<'a>) -> Value<'a> {
        let _ = state;
        if matches!(call.name(), Some("enquos" | "enexprs" | "ensyms")) {
            for arg in &call.args {
                if let Some(index) = self.named_parameter(arg.value.as_ref())
                    && &*self.formals[index].name != "..."
                    && let Some(parameter) = self.note(index)
                {
                    parameter.quoted = Some(expr);
                }
            }
            self.note_dots(call, None);
            return Value::of(Type::list());
        }
        let index = self.named_parameter(call.arg(0));
        if let Some(parameter) = index.and_then(|index| self.note(index)) {
            parameter.quoted = Some(expr);
        }
        Value { quoted: index, ..Value::of(Term::Code.into()) }
    }

    fn dispatch(&mut self, call: &'a Call, state: &mut State<'a>) -> Option<Value<'a>> {
        let generic = call.arg(0)?.string()?.to_owned();
        let index = match call.arg(1) {
            Some(object) => {
                self.eval(object, state);
                self.argument(object, state).unwrap_or(0)
            }
            None => 0,
        };
        self.seen.dispatches = Some((generic, index));
        state.ended = Some(End::Returned);
        Some(Value::of(Type::never()))
    }

    fn switch(&mut self, expr: &'a Expr, call: &'a Call, state: &mut State<'a>) -> Option<Value<'a>> {
        let selector = self.eval(call.arg(0)?, state);
        let branches = &call.args[1..];
        let names: Vec<&str> =
            branches.iter().filter_map(|arg| arg.name.as_deref()).filter(|name| !name.is_empty()).collect();
        let otherwise = branches.iter().find(|arg| arg.name.as_deref().is_none_or(str::is_empty));
        self.one(state, &selector, Confidence::Strong, expr);
        let stops = otherwise.and_then(|arg| arg.value.as_ref()).is_some_and(|code| self.only_stops(code));
        if !names.is_empty() {
            let ty = Type::scalar(Atomic::Character);
            self.demand(state, &selector, ty, Source::Body, Confidence::Likely, expr);
            if let Some(parameter) = self.noted(state, &selector) {
                let listed: Vec<String> = names.iter().map(ToString::to_string).collect();
                if stops {
                    parameter.choices.get_or_insert((listed, false, expr));
                } else {
                    parameter.compared.extend(listed);
                }
            }
        }
        let mut joined: Option<(Value<'a>, State<'a>)> = None;
        for branch in branches {
            // An empty branch is the next one's.
            let Some(code) = &branch.value else { continue };
            let mut inner = state.clone();
            inner.conditional = true;
            let value = self.eval(code, &mut inner);
            joined = Some(match joined {
                None => (value, inner),
                Some((before, old)) => {
                    let value = match (old.ended.is_some(), inner.ended.is_some()) {
                        (true, false) => value,
                        (false, true) => before,
                        _ => before.or(value),
                    };
                    (value, old.join(inner))
                }
            });
        }
        let (mut value, mut after) = joined?;
        if otherwise.is_none() {
            value = if after.ended.is_some() {
                Value::of(Type::null())
            } else {
                value.or(Value::of(Type::null()))
            };
            let conditional = state.conditional;
            after = after.join(state.clone());
            after.conditional = conditional;
        } else {
            after.conditional = state.conditional;
        }
        *state = after;
        Some(value)
    }

    /// Whether code does nothing but signal an error.
    fn only_stops(&self, code: &Expr) -> bool {
        match code.call() {
            Some(call) => match call.name() {
                Some("{") => call
                    .args
                    .last()
                    .and_then(|arg| arg.value.as_ref())
                    .is_some_and(|one| self.only_stops(one)),
                Some(name) => STOPS.contains(&name),
                None => false,
            },
            None => false,
        }
    }

    fn structure(&mut self, call: &'a Call, state: &mut State<'a>) -> Option<Value<'a>> {
        let mut value = None;
        let mut class = None;
        let mut dim = false;
        for arg in &call.args {
            let Some(code) = &arg.value else { continue };
            let one = self.eval(code, state);
            match arg.name.as_deref() {
                Some("class") | Some(".Class") => class = Some(one),
                Some("dim" | ".Dim") => dim = true,
                None | Some(".Data") if value.is_none() => value = Some(one),
                _ => {}
            }
        }
        let value = Value { origin: None, literal: None, ..value? };
        Some(match class {
            Some(class) => {
                let strings = call_strings(&class);
                self.with_class(value, &strings, &class)
            }
            None if dim => Value::unknown(),
            None => value,
        })
    }

    /// `x$name` and `x@name`.
    fn member(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        name: &str,
        state: &mut State<'a>,
    ) -> Option<Value<'a>> {
        let object = self.eval(call.arg(0)?, state);
        let field = call.arg(1).and_then(|one| one.symbol().or_else(|| one.string()))?;
        if name == "@" {
            if let Some(Term::Class(classes)) = object.ty.only()
                && let Some(class) = classes.first()
                && let Some(found) = self.context.package.s4_classes.iter().find(|one| one.name == *class)
                && let Some(slot) = found.slots.iter().find(|slot| slot.name == field)
            {
                return Some(Value::of(s4::of_class(self.context.package, &slot.class)));
            }
            return Some(Value::unknown());
        }
        let list = Type::list().or(Term::Environment.into());
        self.demand(state, &object, list, Source::Body, Confidence::None, expr);
        Some(self.field(&object, field))
    }

    /// An element of a list or an object.
    fn field(&mut self, object: &Value<'a>, name: &str) -> Value<'a> {
        if let Some(fields) = object.known_fields() {
            return match fields.get(name) {
                // NULL holds the place of what comes later.
                Some(ty) if *ty != Type::null() => Value::of(ty.clone()),
                _ => Value::unknown(),
            };
        }
        match object.ty.only() {
            Some(Term::List(element)) if !element.is_any() => Value::of((**element).clone().or_null()),
            Some(Term::Class(classes)) => {
                let own = self.context.field(classes, name).filter(|ty| *ty != Type::null());
                own.or_else(|| known_field(classes, name)).map_or_else(Value::unknown, Value::of)
            }
            _ => Value::unknown(),
        }
    }

    fn subset(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        name: &'a str,
        state: &mut State<'a>,
    ) -> Option<Value<'a>> {
        let object = self.eval(call.arg(0)?, state);
        if name == "[["
            && call.args.len() == 2
            && let Some(field) = call.arg(1).and_then(Expr::string)
        {
            return Some(self.field(&object, field));
        }
        let indices = call
            .args
            .iter()
            .skip(1)
            .filter(|arg| !matches!(arg.name.as_deref(), Some("drop" | "exact")))
            .count();
        if name == "[" {
            if indices == 1 {
                self.many(state, &object, Confidence::Likely, expr);
            } else if indices == 2 {
                let ty = Type::from(Term::Matrix(None)).or(Type::class("data.frame"));
                self.demand(state, &object, ty, Source::Body, Confidence::Weak, expr);
            }
        } else {
            self.many(state, &object, Confidence::Weak, expr);
        }
        let mut values = vec![(None, object, call.arg(0))];
        for arg in call.args.iter().skip(1) {
            let value = match &arg.value {
                Some(code) => self.eval(code, state),
                None => Value::of(Type::never()),
            };
            values.push((arg.name.as_deref(), value, arg.value.as_ref()));
        }
        let known = self.known(name, &values).unwrap_or(Type::Any);
        let whole = &values[0].1;
        // An object stays what it is when it is subset, unless its class says otherwise: then nothing is known.
        Some(match whole.strings.clone().filter(|_| name == "[" && !known.is_any()) {
            Some(strings) if strings.len() > 1 => Value { strings: Some(strings), ..Value::of(known) },
            _ => Value::of(known),
        })
    }

    /// Evaluates code that may not run to its end.
    fn aside(&mut self, code: &'a Expr, state: &mut State<'a>) -> Value<'a> {
        let mut inner = state.clone();
        let value = self.eval(code, &mut inner);
        let returned = inner.ended == Some(End::Returned);
        if inner.ended.is_some() {
            inner.ended = None;
        }
        let conditional = state.conditional;
        if returned {
            state.conditional = true;
        } else {
            *state = inner;
            state.conditional = conditional;
        }
        value
    }

    fn try_catch(&mut self, call: &'a Call, state: &mut State<'a>) -> Value<'a> {
        let mut result: Option<Value<'a>> = None;
        for arg in &call.args {
            let Some(code) = &arg.value else { continue };
            match arg.name.as_deref() {
                None | Some("expr") => {
                    let value = self.aside(code, state);
                    result = Some(match result {
                        Some(before) => before.or(value),
                        None => value,
                    });
                }
                Some("finally") => {
                    self.aside(code, state);
                }
                Some(_) => {
                    let handler = self.aside(code, state);
                    let value = match handler.closure {
                        Some(lambda) => {
                            self.quiet += 1;
                            let value = self.follow(lambda, &BTreeMap::new(), state);
                            self.quiet -= 1;
                            value
                        }
                        None => Value::unknown(),
                    };
                    if call.name() != Some("withCallingHandlers") {
                        result = Some(match result {
                            Some(before) => before.or(value),
                            None => value,
                        });
                    }
                }
            }
        }
        result.unwrap_or_else(|| Value::of(Type::null()))
    }

    /// `.C("name", x = as.double(x), ...)` gives the list of its arguments ("Writing R Extensions", section 5.2).
    fn foreign_call(&mut self, call: &'a Call, state: &mut State<'a>) -> Value<'a> {
        let values = self.arguments(call, state);
        let options = ["PACKAGE", "NAOK", "DUP", "ENCODING", ".NAME"];
        let fields: Vec<(String, Type)> = values
            .iter()
            .skip(1)
            .filter_map(|(name, value, _)| {
                let name = (*name)?;
                if options.contains(&name) { None } else { Some((name.to_owned(), value.ty.clone())) }
            })
            .collect();
        Value::of(if fields.is_empty() { Type::list() } else { Term::Record(fields).into() })
    }

    fn do_call(&mut self, call: &'a Call, state: &mut State<'a>) -> Option<Value<'a>> {
        let what = self.eval(call.arg(0)?, state);
        let place = call.arg(0)?;
        let ty = Type::function().or(Type::scalar(Atomic::Character));
        self.demand(state, &what, ty, Source::Callee, Confidence::Strong, place);
        if let Some(arguments) = call.arg(1) {
            self.eval(arguments, state);
            if mentions_dots(arguments) {
                self.seen.collected = true;
            }
        }
        let target = match place {
            Expr::String(Some(name)) => self.context.named(name),
            Expr::Symbol(name) if what.function.is_some() => self.context.named(name),
            Expr::Call(_) => self.context.target(place),
            _ => Target::Unknown,
        };
        Some(match target {
            Target::Own(function) => match self.context.summary(&function.name) {
                Some(signature) => Value::of(signature.returns.ty.clone()),
                None => Value::unknown(),
            },
            Target::Foreign(_, signature) => Value::of(signature.returns.ty.clone()),
            Target::Base(name) => match name {
                "paste" | "paste0" | "file.path" | "list" | "data.frame" | "order" | "sprintf"
                | "expand.grid" => Value::of(self.known(name, &[]).unwrap_or(Type::Any)),
                "cbind" | "rbind" => Value::of(Type::from(Term::Matrix(None)).or(Type::class("data.frame"))),
                _ => Value::unknown(),
            },
            Target::Unknown => Value::unknown(),
        })
    }

    /// `lapply(X, FUN, ...)` and its family: what FUN gives makes the result.
    fn functional(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        name: &'a str,
        state: &mut State<'a>,
    ) -> Option<Value<'a>> {
        let mut values = self.arguments(call, state);
        let over_first = matches!(name, "lapply" | "sapply" | "vapply" | "tapply" | "mclapply" | "rapply");
        if over_first && let Some((_, first, _)) = values.first() {
            let first = first.clone();
            self.many(state, &first, Confidence::Likely, expr);
        }
        let position = values.iter().position(|(name, value, _)| {
            matches!(name, Some("FUN" | "f" | ".f"))
                || (name.is_none() && (value.closure.is_some() || value.function.is_some()))
        });
        let position = position.or(match name {
            "lapply" | "sapply" | "vapply" => Some(1).filter(|index| *index < values.len()),
            _ => None,
        });
        if let Some(index) = position {
            let function = values[index].1.clone();
            if function.origin.is_some() {
                let ty = Type::function().or(Type::scalar(Atomic::Character));
                self.demand(state, &function, ty, Source::Callee, Confidence::Likely, expr);
            }
            let element = if over_first { element_of(&values[0].1.ty) } else { Type::Any };
            let known = match (function.function, self.context.shadows(function.function.unwrap_or_default()))
            {
                (Some(name), false) => known::arrow(name),
                _ => None,
            };
            if let Some(arrow) = known {
                values[index].1.ty = Term::Function(Some(Box::new(arrow))).into();
                let known = self.known(name, &values).unwrap_or(Type::Any);
                return Some(Value::of(known));
            }
            let result = self.applied(&function, values[index].2, element, state);
            if !result.is_any() && !result.is_never() {
                let arrow = Arrow { parameters: Vec::new(), returns: result };
                values[index].1.ty = Term::Function(Some(Box::new(arrow))).into();
            }
        }
        let known = self.known(name, &values).unwrap_or(Type::Any);
        Some(Value::of(known))
    }

    /// What a function gives for one element.
    fn applied(
        &mut self,
        function: &Value<'a>,
        code: Option<&'a Expr>,
        element: Type,
        state: &State<'a>,
    ) -> Type {
        if let Some(lambda) = function.closure {
            let arguments = BTreeMap::from([(0, Value::of(element))]);
            self.quiet += 1;
            let result = self.follow(lambda, &arguments, state).ty;
            self.quiet -= 1;
            return result;
        }
        let target = match (function.function, code) {
            (Some(name), _) => self.context.named(name),
            (None, Some(Expr::String(Some(name)))) => self.context.named(name),
            (None, Some(code @ Expr::Call(_))) => self.context.target(code),
            _ => Target::Unknown,
        };
        match target {
            Target::Own(function) => {
                self.context.summary(&function.name).map_or(Type::Any, |one| one.returns.ty.clone())
            }
            Target::Foreign(_, signature) if !signature.returns.ty.is_any() => signature.returns.ty.clone(),
            Target::Foreign(..) | Target::Base(_) => {
                let name = match (function.function, code) {
                    (Some(name), _) => name,
                    (None, Some(Expr::String(Some(name)))) => name,
                    _ => return Type::Any,
                };
                self.known(name, &[(None, Value::of(element), None)]).unwrap_or(Type::Any)
            }
            Target::Unknown => Type::Any,
        }
    }
}

/// The type of an element of the objects of one of R's own classes.
fn known_field(classes: &[String], name: &str) -> Option<Type> {
    let fields = classes.iter().find_map(|class| known::fields(class))?;
    fields.iter().find(|(field, _)| field == name).map(|(_, ty)| ty.clone())
}

impl<'a> Value<'a> {
    fn typed(self, ty: Type) -> Value<'a> {
        Value { ty, ..self }
    }
}

fn mentions_dots(expr: &Expr) -> bool {
    match expr {
        Expr::Symbol(name) => &**name == "...",
        Expr::Call(call) => {
            call.args.iter().any(|Arg { value, .. }| value.as_ref().is_some_and(mentions_dots))
        }
        _ => false,
    }
}
