//! Evaluating expressions to types.

use super::facts::{Fact, Says, within, without};
use super::observed::Sign;
use super::value::{End, State, Value};
use super::{MOST_DEPTH, MOST_LOOPS, MOST_STEPS, Walker};
use crate::infer::context::Target;
use crate::infer::known::{self, Operand};
use crate::ir::code::{Call, Expr, Name};
use crate::ir::types::{Atomic, Term, Type};
use crate::ir::{Confidence, Source};

impl<'a> Walker<'a, '_> {
    /// The value of an expression.
    pub(super) fn eval(&mut self, expr: &'a Expr, state: &mut State<'a>) -> Value<'a> {
        if state.ended.is_some() {
            return Value::of(Type::never());
        }
        self.steps += 1;
        if self.steps > MOST_STEPS || self.depth > MOST_DEPTH {
            return Value::unknown();
        }
        self.depth += 1;
        let value = self.eval_within(expr, state);
        self.depth -= 1;
        value
    }

    fn eval_within(&mut self, expr: &'a Expr, state: &mut State<'a>) -> Value<'a> {
        match expr {
            Expr::Symbol(name) => self.look_up(name, state),
            Expr::Call(call) => self.eval_call(expr, call, state),
            Expr::Function(lambda) => {
                // What it does to the arguments around it counts, though it may never run.
                let mut inner = state.clone();
                inner.conditional = true;
                for formal in &lambda.formals {
                    inner.set(&formal.name, Value::unknown());
                }
                self.exits.push(Vec::new());
                self.eval(&lambda.body, &mut inner);
                self.exits.pop();
                Value { closure: Some(lambda), ..Value::of(Type::function()) }
            }
            _ => constant(expr),
        }
    }

    fn look_up(&mut self, name: &'a Name, state: &mut State<'a>) -> Value<'a> {
        if let Some(value) = state.get(name) {
            let mut value = (**value).clone();
            if let Some(index) = value.origin {
                if let Some(parameter) = self.note(index) {
                    parameter.evaluated = true;
                    parameter.uses += 1;
                }
                if let Some(narrowed) = state.narrowed.get(&index) {
                    if let Some(is) = &narrowed.is {
                        value.ty = within(&value.ty, is);
                    }
                    if let Some(is_not) = &narrowed.is_not {
                        value.ty = without(&value.ty, is_not);
                    }
                }
            }
            return value;
        }
        match &**name {
            "T" | "F" => return Value::of(Type::scalar(Atomic::Logical)),
            "pi" => return Value::of(Type::scalar(Atomic::Double)),
            "letters" | "LETTERS" | "month.name" | "month.abb" => {
                return Value::of(Type::vector(Atomic::Character));
            }
            _ => {}
        }
        if self.context.is_function(name) {
            return Value { function: Some(name), ..Value::of(Type::function()) };
        }
        let strings = self.context.constant_strings(name);
        if strings.is_empty() {
            return Value::unknown();
        }
        Value { strings: Some(strings.into()), ..Value::of(Type::vector(Atomic::Character)) }
    }

    fn eval_call(&mut self, expr: &'a Expr, call: &'a Call, state: &mut State<'a>) -> Value<'a> {
        let name = match call.name() {
            Some(name) => name,
            None => return self.call_value(expr, call, state),
        };
        // A local function hides everything of that name.
        let local = matches!(&call.callee, Expr::Symbol(_))
            && state.get(name).is_some_and(|value| value.closure.is_some());
        if !local && (call.qualified().is_some() || !self.context.shadows(name)) {
            if let Some(value) = self.control(expr, call, name, state) {
                return value;
            }
            if let Some(value) = self.special(expr, call, name, state) {
                return value;
            }
        }
        if !local && let Some(value) = self.check(expr, call, name, state) {
            return value;
        }
        self.call_function(expr, call, name, state)
    }

    /// What R's grammar makes calls of: blocks, branches, loops, assignments.
    fn control(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        name: &'a str,
        state: &mut State<'a>,
    ) -> Option<Value<'a>> {
        Some(match name {
            "{" => {
                let mut value = Value::of(Type::null());
                for arg in &call.args {
                    if let Some(one) = &arg.value {
                        value = self.eval(one, state);
                    }
                    if state.ended.is_some() {
                        return Some(Value::of(Type::never()));
                    }
                }
                value
            }
            "(" => self.eval(call.arg(0)?, state),
            "if" => self.branch(call, state)?,
            "for" => {
                let sequence = self.eval(call.arg(1)?, state);
                self.many(state, &sequence, Confidence::Likely, expr);
                let element = element_of(&sequence.ty);
                let variable = match call.arg(0)? {
                    Expr::Symbol(name) => Some(name),
                    _ => None,
                };
                self.repeat(call.arg(2)?, variable.map(|name| (name, Value::of(element))), None, state);
                Value::of(Type::null())
            }
            "while" => {
                self.repeat(call.arg(1)?, None, call.arg(0), state);
                Value::of(Type::null())
            }
            "repeat" => {
                self.repeat(call.arg(0)?, None, None, state);
                Value::of(Type::null())
            }
            "break" | "next" => {
                state.ended = Some(End::Jumped);
                Value::of(Type::never())
            }
            "return" => {
                let (value, code) = match call.arg(0) {
                    Some(inner) => (self.eval(inner, state), expr),
                    None => (Value::of(Type::null()), expr),
                };
                self.leave(value, code, state);
                Value::of(Type::never())
            }
            "<-" | "=" | "<<-" => {
                let value = self.eval(call.arg(1)?, state);
                self.assign(call.arg(0)?, value.clone(), expr, state);
                value
            }
            "&&" | "||" => {
                let left = call.arg(0)?;
                let right = call.arg(1)?;
                self.condition(left, state);
                let facts = self.facts(left, state);
                let mut inner = state.clone();
                inner.conditional = true;
                self.narrow(&mut inner, if name == "&&" { &facts.holds } else { &facts.fails });
                self.condition(right, &mut inner);
                // `ok || stop(...)` and `ok || return(...)`
                if inner.ended.is_some() {
                    let facts = if name == "&&" { facts.fails } else { facts.holds };
                    if inner.ended == Some(End::Stopped) {
                        self.require(&facts, state, expr);
                    }
                    self.narrow(state, &facts);
                }
                Value::of(Type::scalar(Atomic::Logical))
            }
            _ => return None,
        })
    }

    /// Evaluates a condition: what it compares is taken to be one element.
    pub(super) fn condition(&mut self, expr: &'a Expr, state: &mut State<'a>) {
        self.note_tests(expr, state);
        match expr {
            Expr::Call(call) => match call.name() {
                Some("(" | "!") => {
                    if let Some(inner) = call.arg(0) {
                        self.condition(inner, state);
                    }
                    return;
                }
                Some("==" | "!=" | "<" | ">" | "<=" | ">=") => {
                    for arg in &call.args {
                        if let Some(side) = &arg.value {
                            let value = self.eval(side, state);
                            self.one(state, &value, Confidence::Likely, expr);
                        }
                    }
                }
                Some("is.na") => {
                    if let Some(side) = call.arg(0) {
                        let value = self.eval(side, state);
                        self.one(state, &value, Confidence::Weak, expr);
                    }
                }
                _ => {}
            },
            Expr::Symbol(_) => {
                let value = self.eval(expr, state);
                self.demand(
                    state,
                    &value,
                    Type::scalar(Atomic::Logical),
                    Source::Body,
                    Confidence::Weak,
                    expr,
                );
                self.one(state, &value, Confidence::Likely, expr);
                return;
            }
            _ => {}
        }
        self.eval(expr, state);
    }

    /// `missing(x)` and `is.null(x)`, wherever they stand, say that these calls exist.
    fn note_tests(&mut self, expr: &'a Expr, state: &State<'a>) {
        let facts = self.facts(expr, state);
        for fact in facts.holds.iter().chain(&facts.fails) {
            if fact.says == Says::Missing
                && let Some(parameter) = self.note(fact.parameter)
            {
                parameter.may_be_missing = true;
            }
        }
    }

    fn branch(&mut self, call: &'a Call, state: &mut State<'a>) -> Option<Value<'a>> {
        let condition = call.arg(0)?;
        self.condition(condition, state);
        if state.ended.is_some() {
            return Some(Value::of(Type::never()));
        }
        let facts = self.facts(condition, state);
        let before = state.conditional;
        let mut yes = state.clone();
        yes.conditional = true;
        self.narrow(&mut yes, &facts.holds);
        let mut no = state.clone();
        no.conditional = true;
        self.narrow(&mut no, &facts.fails);
        let first = self.eval(call.arg(1)?, &mut yes);
        let second = match call.arg(2) {
            Some(other) => self.eval(other, &mut no),
            None => Value::of(Type::null()),
        };
        // What stops is a requirement; what goes on or returns is an alternative.
        match (yes.ended, no.ended) {
            (Some(End::Stopped), Some(End::Stopped)) => {}
            (Some(End::Stopped), _) => self.require(&facts.fails, state, condition),
            (_, Some(End::Stopped)) => self.require(&facts.holds, state, condition),
            _ => {
                self.admit(&facts.holds, state, condition);
                self.admit(&facts.fails, state, condition);
            }
        }
        let value = match (yes.ended.is_some(), no.ended.is_some()) {
            (true, true) => Value::of(Type::never()),
            (true, false) => second,
            (false, true) => first,
            (false, false) => first.or(second),
        };
        let one_way = yes.ended.is_some() != no.ended.is_some();
        let returned = yes.ended == Some(End::Returned) || no.ended == Some(End::Returned);
        *state = yes.join(no);
        // After `if (...) return(...)` the rest runs in some calls only.
        state.conditional = before || (one_way && returned);
        Some(value)
    }

    fn repeat(
        &mut self,
        body: &'a Expr,
        variable: Option<(&'a Name, Value<'a>)>,
        condition: Option<&'a Expr>,
        state: &mut State<'a>,
    ) {
        let before = state.clone();
        let mut inner = state.clone();
        // The second round sees what the first has assigned.
        let rounds = if self.loops < MOST_LOOPS { 2 } else { 1 };
        self.loops += 1;
        for _ in 0..rounds {
            inner.conditional = true;
            if let Some(condition) = condition {
                self.condition(condition, &mut inner);
            }
            if let Some((name, value)) = &variable {
                inner.set(name, value.clone());
            }
            self.eval(body, &mut inner);
            if inner.ended == Some(End::Jumped) || inner.ended.is_some() {
                inner.ended = None;
            }
            inner = before.clone().join(inner);
        }
        self.loops -= 1;
        let ended = state.ended;
        *state = inner;
        state.conditional = before.conditional;
        state.ended = ended;
    }

    /// Notes requirements: the code stops where they do not hold.
    pub(super) fn require(&mut self, facts: &[Fact], state: &State<'a>, place: &'a Expr) {
        for fact in facts {
            let value = Value::argument(fact.parameter, Type::Any);
            match &fact.says {
                Says::Is(ty) => {
                    let kind = (Source::Check, Confidence::Hard);
                    self.demand(state, &value, ty.clone(), kind.0, kind.1, place);
                    if ty.takes_null()
                        && let Some(parameter) = self.note(fact.parameter)
                    {
                        parameter.may_be_null = Some(place);
                    }
                }
                Says::IsNot(ty) if *ty == Type::null() => {
                    if let Some(parameter) = self.note(fact.parameter) {
                        parameter.must_not_be_null = true;
                    }
                }
                Says::One => self.one(state, &value, Confidence::Hard, place),
                Says::Among(strings) => {
                    if let Some(parameter) = self.noted(state, &value) {
                        parameter.choices.get_or_insert((strings.clone(), false, place));
                    }
                }
                Says::NotOne => self.many(state, &value, Confidence::Strong, place),
                _ => {}
            }
        }
    }

    /// Notes alternatives: the code goes on where they hold.
    fn admit(&mut self, facts: &[Fact], state: &State<'a>, place: &'a Expr) {
        for fact in facts {
            let value = Value::argument(fact.parameter, Type::Any);
            match &fact.says {
                Says::Is(ty) if *ty == Type::null() => {
                    if let Some(parameter) = self.note(fact.parameter) {
                        parameter.may_be_null.get_or_insert(place);
                    }
                }
                Says::Is(ty) => {
                    let sign = Sign {
                        ty: ty.clone(),
                        source: Source::Branch,
                        strength: Confidence::Strong,
                        alternative: true,
                        place,
                    };
                    self.sign(state, &value, sign);
                }
                Says::NotOne => self.many(state, &value, Confidence::Strong, place),
                Says::Among(strings) => {
                    if let Some(parameter) = self.noted(state, &value) {
                        parameter.compared.extend(strings.iter().cloned());
                    }
                    let ty = Type::vector(Atomic::Character);
                    self.demand(state, &value, ty, Source::Body, Confidence::Likely, place);
                }
                _ => {}
            }
        }
    }

    /// Assigns to a variable, or to a part of one.
    fn assign(&mut self, target: &'a Expr, value: Value<'a>, code: &'a Expr, state: &mut State<'a>) {
        match target {
            Expr::Symbol(name) => {
                self.note_fallback(name, &value, code, state);
                state.set(name, value);
            }
            Expr::String(Some(name)) => state.set(name, value),
            Expr::Call(call) => self.assign_part(call, value, state),
            _ => {}
        }
    }

    /// What an argument becomes where it is missing or NULL is what it could have been.
    fn note_fallback(&mut self, name: &'a Name, value: &Value<'a>, code: &'a Expr, state: &State<'a>) {
        let Some(index) = state.get(name).and_then(|one| one.origin) else { return };
        let Some(narrowed) = state.narrowed.get(&index) else { return };
        let absent = narrowed.missing || narrowed.is.as_ref().is_some_and(|is| *is == Type::null());
        if !absent || self.quiet > 0 || value.ty.is_any() || value.ty.is_never() || value.ty == Type::null() {
            return;
        }
        if self.formals.get(index).is_none_or(|formal| formal.name != *name) {
            return;
        }
        let place = code;
        let sign = Sign {
            ty: value.ty.clone(),
            source: Source::Default,
            strength: Confidence::Strong,
            alternative: false,
            place,
        };
        if let Some(parameter) = self.note(index) {
            parameter.signs.push(sign);
        }
    }

    /// `x$a <- v`, `x[i] <- v`, `names(x) <- v`: the variable at the innermost place changes.
    fn assign_part(&mut self, call: &'a Call, value: Value<'a>, state: &mut State<'a>) {
        let Some(function) = call.name() else { return };
        for arg in call.args.iter().skip(1) {
            if let Some(index) = &arg.value
                && !matches!(function, "$" | "@")
            {
                self.eval(index, state);
            }
        }
        let Some(inner) = call.arg(0) else { return };
        let current = match inner {
            Expr::Symbol(name) => state.get(name).map(|one| (**one).clone()),
            _ => None,
        };
        match inner {
            Expr::Symbol(name) => {
                let current = current.unwrap_or_else(Value::unknown);
                self.note_part(function, call, &current, state);
                let changed = self.changed(function, call, current, value, state);
                state.set(name, changed);
            }
            // The part of a part: the whole keeps its type.
            Expr::Call(outer) => {
                let whole = root(inner);
                if let Some(name) = whole
                    && let Some(current) = state.get(name)
                {
                    let mut current = (**current).clone();
                    if let Some(outer_name) = outer.name() {
                        self.note_part(outer_name, outer, &current, state);
                    }
                    let by_name = matches!(outer.name(), Some("$" | "[["));
                    if self.guesses && current.origin.is_some() && current.ty.is_any() && by_name {
                        current.ty = Type::list();
                    }
                    current.origin = None;
                    current.literal = None;
                    if current.ty.is_any() || !keeps(&current.ty) {
                        current.ty = Type::Any;
                    }
                    state.set(name, current);
                }
            }
            _ => {}
        }
    }

    /// What writing to a part of an argument says about it.
    fn note_part(&mut self, function: &str, call: &'a Call, current: &Value<'a>, state: &State<'a>) {
        let place = match call.arg(0) {
            Some(place) => place,
            None => return,
        };
        match function {
            "[" if call.args.len() == 2 => self.many(state, current, Confidence::Likely, place),
            "[" if call.args.len() == 3 => {
                let ty = Type::from(Term::Matrix(None)).or(Type::class("data.frame"));
                self.demand(state, current, ty, Source::Body, Confidence::Weak, place);
            }
            "names" | "levels" => self.many(state, current, Confidence::Weak, place),
            _ => {}
        }
    }

    /// What `x[i] <- value` makes of `x`.
    fn replaced(&mut self, call: &'a Call, current: &Value<'a>, value: &Value<'a>) -> Option<Type> {
        let mut values: Vec<super::calls::Argument<'a>> = vec![(None, current.clone(), None)];
        for arg in call.args.iter().skip(1) {
            let index = Value::of(if arg.value.is_some() { Type::Any } else { Type::never() });
            values.push((arg.name.as_deref(), index, arg.value.as_ref()));
        }
        values.push((Some("value"), value.clone(), None));
        self.known("[<-", &values)
    }

    /// What a value is after a part of it was replaced.
    fn changed(
        &mut self,
        function: &'a str,
        call: &'a Call,
        current: Value<'a>,
        value: Value<'a>,
        state: &State<'a>,
    ) -> Value<'a> {
        let mut changed = Value { origin: None, literal: None, strings: None, ..current.clone() };
        match function {
            "$" | "[[" => {
                let field = call.arg(1).and_then(|one| match (function, one) {
                    ("$", Expr::Symbol(name)) => Some(name.to_string()),
                    (_, Expr::String(Some(name))) => Some(name.to_string()),
                    _ => None,
                });
                let fields = current.known_fields();
                let null = current.ty == Type::null();
                let empty = null || matches!(current.ty.only(), Some(Term::List(_)));
                match field {
                    Some(field) if fields.is_some() || empty => {
                        let made_here =
                            fields.is_some() || null || current.literal.is_some() || is_empty_list(&current);
                        let mut fields = fields.unwrap_or_default();
                        let ty = if state.conditional { value.ty.or_null() } else { value.ty };
                        // A list of unknown content that gets an element is still a list of unknown content.
                        if made_here {
                            fields.insert(field, ty);
                            changed = with_fields(changed, fields);
                        }
                    }
                    None if null => changed.ty = Type::list(),
                    Some(_) if self.guesses && current.origin.is_some() && current.ty.is_any() => {
                        changed.ty = Type::list();
                    }
                    _ => {
                        if !keeps(&changed.ty) {
                            changed.ty = Type::Any;
                        }
                        if matches!(changed.ty.only(), Some(Term::Record(_))) {
                            changed.ty = Type::list();
                        }
                    }
                }
                changed
            }
            "[" => {
                let ours = current.ty.clone();
                changed.ty = match (&ours, &value.ty) {
                    (Type::Any, _) => Type::Any,
                    (ours, given) if ours.takes(given) => ours.clone().vectors(),
                    (ours, given) if *ours == Type::null() => given.clone().vectors(),
                    (ours, given) => {
                        let atomic = |ty: &Type| match ty.only() {
                            Some(Term::Vector(vector)) => Some(vector.atomic),
                            _ => None,
                        };
                        match (atomic(ours), atomic(given)) {
                            (Some(a), Some(b)) => Type::vector(a.max(b)),
                            _ => match self.replaced(call, &current, &value) {
                                Some(ty) => ty,
                                None if keeps(ours) => ours.clone(),
                                None => Type::Any,
                            },
                        }
                    }
                };
                changed
            }
            "class" | "oldClass" => {
                let strings = call_strings(&value);
                self.with_class(changed, &strings, &value)
            }
            "dim" => {
                changed.ty = match (&value.ty, changed.ty.only()) {
                    (ty, _) if *ty == Type::null() => Type::Any,
                    (_, Some(Term::Vector(vector))) => Term::Matrix(Some(vector.atomic)).into(),
                    _ => Type::Any,
                };
                changed
            }
            "attr" => {
                if call.arg(1).and_then(Expr::string) == Some("class") {
                    let strings = call_strings(&value);
                    return self.with_class(changed, &strings, &value);
                }
                if call.arg(1).and_then(Expr::string) == Some("dim") {
                    changed.ty = Type::Any;
                }
                changed
            }
            "names" | "dimnames" | "rownames" | "colnames" | "row.names" | "levels" | "attributes"
            | "comment" | "storage.mode" | "environment" | "body" | "formals" | "diag" | "is.na"
            | "units" | "mostattributes" | "substr" | "Encoding" => {
                if matches!(function, "attributes" | "storage.mode" | "mostattributes") {
                    changed.ty = Type::Any;
                }
                changed
            }
            "mode" => Value::unknown(),
            "@" | "slot" => changed,
            other => {
                let setter = format!("{other}<-");
                let result = self
                    .context
                    .function(&setter)
                    .and_then(|function| self.context.summary(&function.name))
                    .map(|signature| signature.returns.ty.clone());
                changed.ty = result.unwrap_or(if keeps(&changed.ty) { changed.ty } else { Type::Any });
                changed
            }
        }
    }

    /// An object with this class attribute.
    pub(super) fn with_class(
        &mut self,
        value: Value<'a>,
        strings: &[String],
        class: &Value<'a>,
    ) -> Value<'a> {
        if class.ty == Type::null() {
            return Value { ty: Type::Any, ..value };
        }
        // Which of several classes it is depends: those that it has in any case say what it is.
        let strings = class.some.as_deref().unwrap_or(strings);
        if strings.is_empty() {
            return Value { fields: value.known_fields().map(Into::into), ..Value::unknown() };
        }
        let fields = value.known_fields();
        if self.quiet == 0 {
            self.seen.made.push((strings.to_vec(), fields.clone()));
        }
        let ty = match strings {
            [one] if one == "function" => Type::function(),
            _ => Term::Class(strings.to_vec()).into(),
        };
        Value { fields: fields.map(Into::into), ..Value::of(ty) }
    }

    /// The result of a function that R itself defines, as far as it is known.
    pub(super) fn known(
        &mut self,
        name: &str,
        values: &[(Option<&'a str>, Value<'a>, Option<&'a Expr>)],
    ) -> Option<Type> {
        let operands: Vec<Operand<'_>> = values
            .iter()
            .map(|(name, value, code)| Operand { name: *name, ty: value.ty.clone(), code: *code })
            .collect();
        if !self.guesses {
            return known::result(name, &operands);
        }
        // What a function of another package makes may have operators of its own.
        let operator = matches!(name, "+" | "-" | "*" | "/" | "^" | "|" | "&" | ">" | "<" | "==");
        if operator
            && operands.iter().any(|one| one.ty.is_any() && one.code.is_some_and(|code| self.is_opaque(code)))
        {
            return None;
        }
        known::likely(name, &operands)
    }

    /// Whether code calls a function of a package of which nothing is known.
    fn is_opaque(&self, code: &'a Expr) -> bool {
        match code.call() {
            Some(call) if matches!(call.name(), Some("+" | "(")) => {
                call.args.iter().filter_map(|arg| arg.value.as_ref()).any(|one| self.is_opaque(one))
            }
            Some(call) => call.qualified().is_some() && matches!(self.resolve(call), Target::Unknown),
            None => false,
        }
    }

    /// What R's own functions ask of their arguments.
    pub(super) fn resolve(&self, call: &'a Call) -> Target<'a> {
        self.context.target(&call.callee)
    }
}

/// A literal.
fn constant<'a>(expr: &'a Expr) -> Value<'a> {
    let ty = match expr {
        Expr::Null => Type::null(),
        Expr::Logical(value) => na_scalar(Atomic::Logical, value.is_none()),
        Expr::Integer(value) => na_scalar(Atomic::Integer, value.is_none()),
        Expr::Double(value) => na_scalar(Atomic::Double, value.is_none()),
        Expr::Complex(value) => na_scalar(Atomic::Complex, value.is_none()),
        Expr::String(value) => na_scalar(Atomic::Character, value.is_none()),
        Expr::Function(_) => Type::function(),
        Expr::Vector(vector) => {
            let atomic = Atomic::from_word(match vector.kind {
                crate::ir::Kind::Logical => "logical",
                crate::ir::Kind::Integer => "integer",
                crate::ir::Kind::Double => "double",
                crate::ir::Kind::Complex => "complex",
                crate::ir::Kind::Character => "character",
                crate::ir::Kind::Raw => "raw",
                _ => "",
            });
            match (atomic, vector.class.is_empty()) {
                (_, false) => Term::Class(vector.class.iter().map(ToString::to_string).collect()).into(),
                (Some(atomic), true) => Type::vector(atomic),
                (None, true) => Type::list(),
            }
        }
        Expr::Symbol(_) | Expr::Call(_) | Expr::Opaque(_) => Type::Any,
    };
    let strings: Option<std::rc::Rc<[String]>> = match expr {
        Expr::String(Some(text)) => Some([text.to_string()].into()),
        _ => None,
    };
    Value { literal: Some(expr), strings, ..Value::of(ty) }
}

fn na_scalar(atomic: Atomic, na: bool) -> Type {
    let vector = crate::ir::types::Vector { na, ..crate::ir::types::Vector::scalar(atomic) };
    Term::Vector(vector).into()
}

/// The type of one element, as `for` and `lapply` see it.
pub(super) fn element_of(ty: &Type) -> Type {
    let Type::Union(terms) = ty else { return Type::Any };
    let mut element = Type::never();
    for term in terms {
        element = element.or(match term {
            Term::Vector(vector) => Term::Vector(crate::ir::types::Vector { scalar: true, ..*vector }).into(),
            Term::Literal(_) => Type::scalar(Atomic::Character),
            Term::Matrix(Some(atomic)) => Type::scalar(*atomic),
            Term::List(inner) => (**inner).clone(),
            Term::Record(fields) => fields.iter().fold(Type::never(), |ty, (_, one)| ty.or(one.clone())),
            Term::Null => Type::never(),
            _ => Type::Any,
        });
    }
    if element.is_never() { Type::Any } else { element }
}

/// The variable at the root of nested parts.
fn root(expr: &Expr) -> Option<&Name> {
    match expr {
        Expr::Symbol(name) => Some(name),
        Expr::Call(call) => root(call.arg(0)?),
        _ => None,
    }
}

/// Whether a value keeps its type when a part is replaced: lists and objects do.
fn keeps(ty: &Type) -> bool {
    !ty.is_any()
        && ty.terms().all(|term| {
            matches!(
                term,
                Term::Class(_)
                    | Term::List(_)
                    | Term::Record(_)
                    | Term::Environment
                    | Term::Code
                    | Term::Function(_)
            )
        })
}

fn is_empty_list(value: &Value<'_>) -> bool {
    matches!(value.ty.only(), Some(Term::Record(fields)) if fields.is_empty())
}

/// A list with these elements: a record, unless it has a class.
fn with_fields<'a>(value: Value<'a>, fields: std::collections::BTreeMap<String, Type>) -> Value<'a> {
    match value.ty.only() {
        Some(Term::Class(_)) => Value { fields: Some(fields.into()), ..value },
        _ if value.fields.is_some() && value.ty.is_any() => Value { fields: Some(fields.into()), ..value },
        _ => Value { fields: None, ty: Term::Record(fields.into_iter().collect()).into(), ..value },
    }
}

/// The strings of a value that was written out.
pub(super) fn call_strings(value: &Value<'_>) -> Vec<String> {
    value.strings.as_deref().map(<[String]>::to_vec).unwrap_or_default()
}
