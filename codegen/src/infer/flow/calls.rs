//! Calls of ordinary functions: which argument goes to which parameter, what that asks of it, and what comes back.

use std::collections::BTreeMap;

use super::Walker;
use super::observed::Sign;
use super::value::{End, State, Value};
use crate::infer::context::Target;
use crate::infer::known;
use crate::ir::code::{Call, Expr};
use crate::ir::types::{Arrow, Atomic, Term, Type, Vector};
use crate::ir::{Confidence, Function, Mode, Signature, Source};

/// An argument: its name, its value, its code.
pub(super) type Argument<'a> = (Option<&'a str>, Value<'a>, Option<&'a Expr>);

impl<'a> Walker<'a, '_> {
    /// The values of all arguments of a call.
    pub(super) fn arguments(&mut self, call: &'a Call, state: &mut State<'a>) -> Vec<Argument<'a>> {
        let mut values = Vec::with_capacity(call.args.len());
        for arg in &call.args {
            let value = match &arg.value {
                Some(Expr::Symbol(name)) if &**name == "..." => Value::of(Term::Dots.into()),
                Some(code) => self.eval(code, state),
                None => Value::of(Type::never()),
            };
            values.push((arg.name.as_deref(), value, arg.value.as_ref()));
        }
        values
    }

    /// A call of something that has no name: `(function(x) x)(1)`, `x$f(1)`.
    pub(super) fn call_value(&mut self, expr: &'a Expr, call: &'a Call, state: &mut State<'a>) -> Value<'a> {
        let callee = self.eval(&call.callee, state);
        let values = self.arguments(call, state);
        self.note_dots(call, None);
        let _ = expr;
        match callee.closure {
            Some(lambda) => {
                let names: Vec<&str> = lambda.formals.iter().map(|one| &*one.name).collect();
                let arguments = by_formal(&names, &values);
                self.follow(lambda, &arguments, state)
            }
            None => Value::unknown(),
        }
    }

    /// A call of a function by its name.
    pub(super) fn call_function(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        name: &'a str,
        state: &mut State<'a>,
    ) -> Value<'a> {
        if matches!(&call.callee, Expr::Symbol(_))
            && let Some(local) = state.get(name).cloned()
        {
            if let Some(lambda) = local.closure {
                let values = self.arguments(call, state);
                let names: Vec<&str> = lambda.formals.iter().map(|one| &*one.name).collect();
                let arguments = by_formal(&names, &values);
                return self.follow(lambda, &arguments, state);
            }
            // R looks for a function: a variable that is none is passed over.
            if local.origin.is_some() && !self.context.is_function(name) {
                return self.call_argument(expr, call, &local, state);
            }
            let hides = matches!(local.ty.only(), Some(Term::Function(_)));
            if local.origin.is_none() && (hides || !self.context.is_function(name)) {
                self.arguments(call, state);
                self.note_dots(call, None);
                return Value::unknown();
            }
        }
        match self.resolve(call) {
            Target::Own(function) => self.call_own(expr, call, function, state),
            Target::Foreign(package, signature) => {
                self.note_dots(call, Some(format!("{package}::{}", signature_name(signature))));
                let values = self.arguments_for(call, signature, state);
                if known::package(name) == Some(package) {
                    self.ask(name, &values, expr, state);
                } else {
                    self.hand_over(&values, signature, false, expr, state);
                }
                if package == "base" {
                    self.operators(name, &values, expr, state);
                }
                if let Some(ty) = self.base_result(package, name, &values) {
                    return self.returned(ty, name, &values, state);
                }
                if signature.returns.ty.is_never() {
                    state.ended = Some(End::Stopped);
                }
                Value::of(self.foreign_result(package, name, signature, &values))
            }
            Target::Base(_) => {
                self.note_dots(call, Some(format!("base::{name}")));
                let values = self.arguments(call, state);
                self.operators(name, &values, expr, state);
                self.ask(name, &values, expr, state);
                let ty = self.known(name, &values).unwrap_or(Type::Any);
                self.returned(ty, name, &values, state)
            }
            Target::Unknown => {
                self.note_dots(call, None);
                let values = self.arguments(call, state);
                self.operators(name, &values, expr, state);
                let ty = self.known(name, &values).unwrap_or(Type::Any);
                self.returned(ty, name, &values, state)
            }
        }
    }

    /// What a function of another package gives.
    fn foreign_result(
        &self,
        package: &str,
        name: &str,
        signature: &Signature,
        values: &[Argument<'a>],
    ) -> Type {
        if known::package(name) == Some(package) {
            // Of these functions everything that can be said has been said, but for what their methods have in common.
            let group = matches!(
                name,
                "+" | "-"
                    | "*"
                    | "/"
                    | "^"
                    | "%%"
                    | "%/%"
                    | "=="
                    | "!="
                    | "<"
                    | ">"
                    | "<="
                    | ">="
                    | "!"
                    | "&"
                    | "|"
            );
            return known::whole(name).filter(|_| !group).unwrap_or(Type::Any);
        }
        if signature.parameters.iter().any(|one| one.open) {
            // A generic: what its own package's methods give says nothing about the others.
            return self.method_result(package, name, values).unwrap_or(Type::Any);
        }
        signature.returns.ty.clone()
    }

    /// What the method gives that a generic chooses for the first argument.
    fn method_result(&self, package: &str, generic: &str, values: &[Argument<'a>]) -> Option<Type> {
        let Some(Term::Class(classes)) = values.first()?.1.ty.only() else { return None };
        let methods = self.context.methods(generic);
        classes.iter().find_map(|class| match methods.iter().find(|method| method.class == *class) {
            Some(method) => Some(self.context.summary(&method.function)?.returns.ty.clone()),
            None => {
                let method = self.context.foreign.get(&format!("{package}::{generic}.{class}"))?;
                Some(method.returns.ty.clone())
            }
        })
    }

    fn base_result(&mut self, package: &str, name: &str, values: &[Argument<'a>]) -> Option<Type> {
        match package {
            "base" | "stats" | "utils" | "methods" | "graphics" | "grDevices" | "tools" => {
                self.known(name, values)
            }
            _ => None,
        }
    }

    /// The value that a function of R itself returns: what is known beside its type.
    fn returned(
        &mut self,
        ty: Type,
        name: &str,
        values: &[Argument<'a>],
        state: &mut State<'a>,
    ) -> Value<'a> {
        if ty.is_never() {
            state.ended = Some(End::Stopped);
        }
        let mut value = Value::of(ty);
        if matches!(name, "c" | "unique" | "rev" | "sort" | "tolower" | "as.character") {
            let strings: Option<Vec<String>> = values
                .iter()
                .map(|(_, value, _)| value.strings.as_deref())
                .collect::<Option<Vec<&[String]>>>()
                .map(|parts| parts.concat());
            value.strings = strings.filter(|all| !all.is_empty()).map(Into::into);
            // `c("mine", class(x))`: something of it is known.
            if value.strings.is_none() || values.iter().any(|(_, value, _)| value.some.is_some()) {
                let some: Vec<String> = values
                    .iter()
                    .flat_map(|(_, value, _)| value.surely().unwrap_or_default())
                    .cloned()
                    .collect();
                value.some = if some.is_empty() { None } else { Some(some.into()) };
            }
        }
        if matches!(name, "class" | "oldClass")
            && let Some((_, object, _)) = values.first()
            && let Some(Term::Class(names)) = object.ty.only()
        {
            value.some = Some(names.as_slice().into());
        }
        value
    }

    /// A call of a function of the package itself.
    fn call_own(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        function: &'a Function,
        state: &mut State<'a>,
    ) -> Value<'a> {
        self.note_dots(call, Some(format!("{}::{}", self.context.package.name, function.name)));
        let Some(signature) = self.context.summary(&function.name) else {
            self.arguments(call, state);
            // It calls itself: that adds no value that its other ends do not have.
            return Value::of(Type::never());
        };
        let values = self.arguments_for(call, &signature, state);
        self.hand_over(&values, &signature, true, expr, state);
        self.note_given(function, &values);
        if self.context.is_base() {
            self.operators(&function.name, &values, expr, state);
            if let Some(ty) = self.known(&function.name, &values) {
                return self.returned(ty, &function.name, &values, state);
            }
        }
        if signature.returns.ty.is_never() {
            state.ended = Some(End::Stopped);
            return Value::of(Type::never());
        }
        if let Some(method) = self.method_of(function, &values)
            && let Some(signature) = self.context.summary(method)
            && !signature.returns.ty.is_any()
        {
            return Value::of(signature.returns.ty.clone());
        }
        if signature.returns.ty.is_any()
            && self.inlined == 0
            && let Some(body) = &function.body
            && function.formals.len() < 12
        {
            // What it returns may depend on what it is given.
            return self.inline(function, body, &values, state);
        }
        Value::of(signature.returns.ty.clone())
    }

    /// Notes what a function of the package is given here.
    fn note_given(&mut self, function: &'a Function, values: &[Argument<'a>]) {
        if self.quiet > 0 {
            return;
        }
        let names: Vec<&str> = function.formals.iter().map(|one| &*one.name).collect();
        let given: Vec<Option<&str>> = values.iter().map(|(name, ..)| *name).collect();
        for ((_, value, _), place) in values.iter().zip(matched(&names, &given)) {
            if let Some(index) = place
                && value.ty != Type::from(Term::Dots)
                && !value.ty.is_never()
            {
                self.seen.given.push((&function.name, index, value.ty.clone()));
            }
        }
    }

    /// The method that a generic of the package would choose for the first argument.
    fn method_of(&self, function: &'a Function, values: &[Argument<'a>]) -> Option<&'a str> {
        let observed = self.context.observed(&function.name)?;
        let (generic, _) = observed.dispatches.as_ref()?;
        let Some(Term::Class(classes)) = values.first()?.1.ty.only() else { return None };
        let methods = self.context.methods(generic);
        classes.iter().find_map(|class| {
            methods.iter().find(|method| method.class == *class).map(|method| method.function.as_str())
        })
    }

    fn inline(
        &mut self,
        function: &'a Function,
        body: &'a Expr,
        values: &[Argument<'a>],
        state: &State<'a>,
    ) -> Value<'a> {
        let names: Vec<&str> = function.formals.iter().map(|one| &*one.name).collect();
        let arguments = by_formal(&names, values);
        let mut inner = State { conditional: true, ..State::default() };
        self.inlined += super::MOST_INLINED;
        self.quiet += 1;
        let formals = std::mem::replace(&mut self.formals, &function.formals);
        for (index, formal) in function.formals.iter().enumerate() {
            let value = match (arguments.get(&index), &formal.default) {
                (Some(value), _) => Value { origin: None, ..value.clone() },
                (None, Some(default)) => {
                    let mut here = State::default();
                    Value { origin: None, ..self.eval(default, &mut here) }
                }
                (None, None) => Value::unknown(),
            };
            inner.set(&formal.name, value);
        }
        self.exits.push(Vec::new());
        let standard = (self.seen.dispatches.clone(), self.seen.standard_generic.clone());
        let value = self.eval(body, &mut inner);
        let dispatched = self.seen.dispatches != standard.0 || self.seen.standard_generic != standard.1;
        (self.seen.dispatches, self.seen.standard_generic) = standard;
        let mut result = if inner.ended.is_none() { Some(value) } else { None };
        for (value, _) in self.exits.pop().unwrap_or_default() {
            result = Some(match result {
                Some(before) => before.or(value),
                None => value,
            });
        }
        self.formals = formals;
        self.quiet -= 1;
        self.inlined -= super::MOST_INLINED;
        let _ = state;
        if dispatched {
            return Value::unknown();
        }
        match result {
            Some(value) => Value { origin: None, quoted: None, closure: None, ..value },
            None => Value::unknown(),
        }
    }

    /// The values of the arguments for a function with this signature: code that it looks at is not evaluated here.
    fn arguments_for(
        &mut self,
        call: &'a Call,
        signature: &Signature,
        state: &mut State<'a>,
    ) -> Vec<Argument<'a>> {
        let names: Vec<&str> = signature.parameters.iter().map(|one| one.name.as_str()).collect();
        let given: Vec<Option<&str>> = call.args.iter().map(|arg| arg.name.as_deref()).collect();
        let places = matched(&names, &given);
        let mut values = Vec::with_capacity(call.args.len());
        for (arg, place) in call.args.iter().zip(places) {
            let mode = place.map_or(Mode::Value, |index| signature.parameters[index].mode);
            let value = match &arg.value {
                None => Value::of(Type::never()),
                Some(Expr::Symbol(name)) if &**name == "..." => Value::of(Term::Dots.into()),
                Some(code) if mode == Mode::Value => self.eval(code, state),
                Some(code) => {
                    self.masked_argument(code, state);
                    Value::unknown()
                }
            };
            values.push((arg.name.as_deref(), value, arg.value.as_ref()));
        }
        values
    }

    /// `{{ x }}` hands on the code of a parameter.
    fn masked_argument(&mut self, code: &'a Expr, state: &State<'a>) {
        let inner = code.call_of("{").and_then(|one| one.arg(0)).and_then(|one| one.call_of("{"));
        if let Some(symbol) = inner.and_then(|one| one.arg(0))
            && let Some(index) = self.argument(symbol, state)
            && let Some(parameter) = self.note(index)
        {
            parameter.quoted = Some(code);
            parameter.masked = Some(code);
        }
    }

    /// Notes what the called function asks of the arguments that are handed to it.
    fn hand_over(
        &mut self,
        values: &[Argument<'a>],
        signature: &Signature,
        own: bool,
        expr: &'a Expr,
        state: &State<'a>,
    ) {
        let names: Vec<&str> = signature.parameters.iter().map(|one| one.name.as_str()).collect();
        let given: Vec<Option<&str>> = values.iter().map(|(name, ..)| *name).collect();
        for ((_, value, _), place) in values.iter().zip(matched(&names, &given)) {
            let Some(parameter) = place.and_then(|index| signature.parameters.get(index)) else { continue };
            if value.origin.is_none() || parameter.mode != Mode::Value {
                continue;
            }
            if own && let Some(noted) = self.note(value.origin.unwrap_or(usize::MAX)) {
                noted.handed += 1;
                let before = std::mem::replace(&mut noted.wrapped, Type::Any);
                noted.wrapped = before.or(parameter.position.ty.clone());
            }
            if parameter.open {
                // A generic takes more than is known; for one of the package itself, its classes are the ones that are meant.
                let ty = parameter.position.ty.clone().filter(|term| matches!(term, Term::Class(_)));
                if own && !ty.is_any() && ty.terms().count() <= 6 {
                    let kind = (Source::Callee, Confidence::Weak);
                    self.sign(
                        state,
                        value,
                        Sign { ty, source: kind.0, strength: kind.1, alternative: true, place: expr },
                    );
                }
                continue;
            }
            // What a function refuses is a requirement; what its own default happens to be is none.
            let (strength, ty) = match parameter.position.confidence {
                Confidence::Hard => (Confidence::Strong, parameter.position.ty.clone()),
                Confidence::None => continue,
                _ => (Confidence::Weak, parameter.position.ty.clone().vectors()),
            };
            self.demand(state, value, ty.without_null(), Source::Callee, strength, expr);
            if !parameter.choices.is_empty()
                && let Some(noted) = self.noted(state, value)
            {
                noted.compared.extend(parameter.choices.iter().cloned());
            }
        }
    }

    /// What R's own functions ask.
    fn ask(&mut self, name: &str, values: &[Argument<'a>], expr: &'a Expr, state: &State<'a>) {
        // Arithmetic and comparison are looked at for what they say about each other's operands.
        if matches!(name, "+" | "-" | "*" | "/" | "^" | "%%" | "%/%" | "<" | ">" | "<=" | ">=" | "==" | "!=")
        {
            return;
        }
        let Some(parameters) = known::parameters(name) else { return };
        let names: Vec<&str> = parameters.iter().map(|one| one.name.as_str()).collect();
        let given: Vec<Option<&str>> = values.iter().map(|(name, ..)| *name).collect();
        for ((_, value, _), place) in values.iter().zip(matched(&names, &given)) {
            let Some(parameter) = place.and_then(|index| parameters.get(index)) else { continue };
            if parameter.ty.is_any() || value.origin.is_none() {
                continue;
            }
            let coerces = name.starts_with("as.");
            let (source, strength) = match (parameter.hard, coerces) {
                (true, _) => (Source::Knowledge, Confidence::Strong),
                (false, true) => (Source::Coercion, Confidence::Weak),
                (false, false) => (Source::Knowledge, Confidence::Weak),
            };
            self.demand(state, value, real(parameter.usual()), source, strength, expr);
        }
    }

    /// What arithmetic, comparison and conversion say about their operands.
    fn operators(&mut self, name: &str, values: &[Argument<'a>], expr: &'a Expr, state: &State<'a>) {
        let weak = |walker: &mut Self, value: &Value<'a>, ty: Type, source: Source| {
            walker.demand(state, value, ty, source, Confidence::Weak, expr);
        };
        let double = || Type::vector(Atomic::Double);
        match name {
            "+" | "-" | "*" | "/" | "^" | "%%" | "%/%" => {
                for (_, value, _) in values {
                    weak(self, value, double(), Source::Body);
                }
            }
            ":" => {
                for (_, value, _) in values {
                    weak(self, value, Type::scalar(Atomic::Double), Source::Body);
                    self.one(state, value, Confidence::Likely, expr);
                }
            }
            "<" | ">" | "<=" | ">=" | "==" | "!=" => {
                for (index, (_, value, _)) in values.iter().enumerate() {
                    let Some((_, other, _)) = values.get(1 - index.min(1)) else { continue };
                    let ty = match other.ty.only() {
                        Some(Term::Literal(_)) => Type::vector(Atomic::Character),
                        Some(Term::Vector(vector)) if vector.atomic == Atomic::Character => {
                            Type::vector(Atomic::Character)
                        }
                        Some(Term::Vector(vector)) if vector.atomic == Atomic::Logical => continue,
                        Some(Term::Vector(vector)) if vector.atomic.is_numeric() => double(),
                        _ => continue,
                    };
                    weak(self, value, ty, Source::Body);
                }
            }
            "%*%" | "crossprod" | "tcrossprod" => {
                for (_, value, _) in values {
                    let ty = double().or(Term::Matrix(None).into());
                    weak(self, value, ty, Source::Body);
                }
            }
            "as.numeric" | "as.double" | "as.integer" | "as.character" | "as.logical" | "as.matrix"
            | "as.data.frame" | "as.factor" | "as.formula" | "as.vector" | "as.function" | "as.name"
            | "as.symbol" | "as.Date" | "as.list" | "formula" | "as.environment" | "as.ts" => {
                let Some((_, value, _)) = values.first() else { return };
                let ty = match name {
                    "as.numeric" | "as.double" | "as.integer" => double(),
                    "as.character" => Type::vector(Atomic::Character),
                    "as.logical" => Type::vector(Atomic::Logical),
                    "as.matrix" => double().or(Term::Matrix(None).into()).or(Type::class("data.frame")),
                    "as.data.frame" => {
                        Type::class("data.frame").or(Term::Matrix(None).into()).or(Type::list())
                    }
                    "as.factor" => Type::class("factor").or(Type::vector(Atomic::Character)).or(double()),
                    "as.formula" | "formula" => Type::class("formula").or(Type::scalar(Atomic::Character)),
                    "as.name" | "as.symbol" => Type::scalar(Atomic::Character).or(Term::Code.into()),
                    "as.function" => Type::function(),
                    "as.Date" => Type::class("Date").or(Type::vector(Atomic::Character)),
                    "as.list" => Type::list(),
                    "as.environment" => Type::from(Term::Environment).or(Type::list()),
                    "as.ts" => Type::class("ts").or(double()),
                    _ => return,
                };
                weak(self, value, ty, Source::Coercion);
            }
            "rep_len" | "rep" | "rep.int" | "length" | "seq_along" | "names" | "unique" | "order"
            | "sort" | "rev" | "unlist" | "sum" | "mean" | "max" | "min" | "range" | "any" | "all"
            | "is.element" | "match" | "%in%" | "cumsum" | "which" | "duplicated" | "table" | "length<-" => {
                if let Some((_, value, _)) = values.first() {
                    self.many(state, value, Confidence::Weak, expr);
                }
            }
            _ => {}
        }
    }

    /// A parameter is called: it is a function.
    fn call_argument(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        function: &Value<'a>,
        state: &mut State<'a>,
    ) -> Value<'a> {
        let values = self.arguments(call, state);
        self.note_dots(call, None);
        self.demand(state, function, Type::function(), Source::Body, Confidence::Strong, expr);
        let parameters: Vec<Type> = values
            .iter()
            .filter(|(_, _, code)| !matches!(code, Some(Expr::Symbol(name)) if &**name == "..."))
            .map(|(_, value, _)| value.ty.clone())
            .collect();
        if let Some(parameter) = self.noted(state, function) {
            parameter.called.get_or_insert(Arrow { parameters, returns: Type::Any });
            parameter.evaluated = true;
        }
        Value::unknown()
    }

    /// Notes where `...` goes.
    pub(super) fn note_dots(&mut self, call: &'a Call, target: Option<String>) {
        let given =
            call.args.iter().any(|arg| matches!(&arg.value, Some(Expr::Symbol(name)) if &**name == "..."));
        if !given || self.quiet > 0 || self.inlined > 0 {
            return;
        }
        match target {
            Some(target) => match target.as_str() {
                "base::list" | "base::c" | "base::paste" | "base::paste0" | "base::cbind" | "base::rbind"
                | "base::sum" | "base::max" | "base::min" | "base::cat" | "base::expression"
                | "base::nargs" => {
                    self.seen.collected = true;
                }
                _ => {
                    self.seen.forwarded.insert(target);
                }
            },
            None => {
                if matches!(call.name(), Some("list" | "c" | "paste" | "list2" | "dots_list" | "enquos")) {
                    self.seen.collected = true;
                }
            }
        }
    }
}

/// That complex numbers are taken, too, is no sign that they are meant.
fn real(ty: Type) -> Type {
    ty.map(|term| match term {
        Term::Vector(vector) if vector.atomic == Atomic::Complex => {
            Term::Vector(Vector { atomic: Atomic::Double, ..vector })
        }
        other => other,
    })
}

fn signature_name(signature: &Signature) -> &str {
    signature.name.rsplit_once("::").map_or(signature.name.as_str(), |(_, name)| name)
}

/// The parameter for each argument, by R's rules: whole names, then beginnings of names, then places ("R Language Definition",
/// section 4.3.2). What goes to `...` has none.
pub(super) fn matched(parameters: &[&str], given: &[Option<&str>]) -> Vec<Option<usize>> {
    let mut places = vec![None; given.len()];
    let mut taken = vec![false; parameters.len()];
    let dots = parameters.iter().position(|one| *one == "...");
    for (index, name) in given.iter().enumerate() {
        if let Some(name) = name
            && let Some(place) = parameters.iter().position(|one| one == name && *one != "...")
            && !taken[place]
        {
            places[index] = Some(place);
            taken[place] = true;
        }
    }
    for (index, name) in given.iter().enumerate() {
        let Some(name) = name else { continue };
        if places[index].is_some() || name.is_empty() {
            continue;
        }
        let before_dots = dots.unwrap_or(parameters.len());
        let mut found = parameters[..before_dots]
            .iter()
            .enumerate()
            .filter(|(place, one)| !taken[*place] && one.starts_with(name));
        if let (Some((place, _)), None) = (found.next(), found.next()) {
            places[index] = Some(place);
            taken[place] = true;
        }
    }
    let mut next = 0;
    for (index, name) in given.iter().enumerate() {
        if name.is_some_and(|name| !name.is_empty()) {
            continue;
        }
        while next < parameters.len() && taken[next] && parameters[next] != "..." {
            next += 1;
        }
        if next < parameters.len() && parameters[next] != "..." {
            places[index] = Some(next);
            taken[next] = true;
        }
    }
    places
}

/// The values by the index of the formal that they go to.
fn by_formal<'a>(formals: &[&str], values: &[Argument<'a>]) -> BTreeMap<usize, Value<'a>> {
    let given: Vec<Option<&str>> = values.iter().map(|(name, ..)| *name).collect();
    let places = matched(formals, &given);
    let pairs = values.iter().zip(places).filter_map(|((_, value, code), place)| {
        // What `...` holds may be any number of arguments.
        let dots = matches!(code, Some(Expr::Symbol(name)) if &**name == "...");
        place.filter(|_| !dots).map(|index| (index, value.clone()))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::matched;

    #[test]
    fn arguments_find_their_parameters() {
        let names = ["x", "na.rm", "...", "trim"];
        let check =
            |given: &[Option<&str>], expected: &[Option<usize>]| assert_eq!(matched(&names, given), expected);
        check(&[None, Some("na.rm")], &[Some(0), Some(1)]);
        check(&[Some("na"), None], &[Some(1), Some(0)]);
        check(&[Some("tr"), None], &[None, Some(0)]);
        check(&[Some("trim"), None, None, None], &[Some(3), Some(0), Some(1), None]);
    }
}
