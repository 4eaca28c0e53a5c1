//! Walking a function's body, as an abstract interpreter would: values are types, both ways of every branch are taken.
//!
//! A walk follows each argument for as long as it is the argument that came in, and notes what the code does to it; an assignment
//! to its variable ends that. Tests that choose a branch are alternatives, tests that stop are requirements, and what a branch
//! does to an argument of which its own test has shown the type says nothing about the others.

mod calls;
mod checks;
mod eval;
mod facts;
pub mod observed;
mod special;
pub mod value;

use std::collections::BTreeMap;
use std::rc::Rc;

pub use self::facts::of_class;

use self::observed::{Observed, ParameterSigns, Sign};
use self::value::{End, State, Value};
use super::context::{Context, Target};
use crate::ir::code::{Expr, Formal, Lambda, Name};
use crate::ir::types::Type;
use crate::ir::{Confidence, Source};

/// How many expressions a walk visits before it stops to look: code that a machine wrote may have no end.
const MOST_STEPS: usize = 200_000;

/// How deep expressions may be nested before they are not looked into.
const MOST_DEPTH: usize = 300;

/// How many loops within each other are walked twice: each doubles the work.
const MOST_LOOPS: usize = 4;

/// How deep calls of local functions are followed.
const MOST_INLINED: usize = 2;

/// Walks the body of a function whose parameters have these types, as far as they are known, and which sees these variables.
pub fn walk_within<'a>(
    context: &Context<'a>,
    formals: &'a [Formal],
    body: &'a Expr,
    types: &[Type],
    scope: &[(Name, Type)],
) -> Observed<'a> {
    let mut state = entry(formals, types);
    for (name, ty) in scope {
        if !formals.iter().any(|formal| formal.name == *name) {
            state.set(name, Value::of(ty.clone()));
        }
    }
    let locals = state.clone();
    let mut walker = Walker::new(context, formals);
    walker.defaults(&state);
    let value = walker.eval(body, &mut state);
    let mut exits = walker.exits.pop().unwrap_or_default();
    if state.ended.is_none() {
        exits.push((value, last(body)));
    }
    walker.seen.invisible = !exits.is_empty() && exits.iter().all(|(_, code)| is_invisible(context, code));
    walker.seen.exits = exits;
    walker.quiet += 1;
    let mut around = locals;
    let own = std::mem::take(&mut around.variables);
    // The arguments as they came in, everything else as the body leaves it.
    around.variables = state.variables;
    Rc::make_mut(&mut around.variables).extend(own.iter().map(|(name, value)| (name.clone(), value.clone())));
    walker.seen.defaults = formals
        .iter()
        .map(|formal| {
            let default = formal.default.as_ref()?;
            let mut here = around.clone();
            let ty = walker.eval(default, &mut here).ty;
            Some(if ty.is_any() { walker.guessed(default, &mut here) } else { ty })
        })
        .collect();
    walker.seen
}

/// The values that the body ends with where what is not known is taken for what it most often is: numbers where there is
/// arithmetic, plain vectors where there is an index.
pub fn guess<'a>(
    context: &Context<'a>,
    formals: &'a [Formal],
    body: &'a Expr,
    types: &[Type],
) -> Vec<(Type, &'a Expr)> {
    let mut state = entry(formals, types);
    let mut walker = Walker::new(context, formals);
    walker.guesses = true;
    walker.quiet += 1;
    let value = walker.eval(body, &mut state);
    let mut exits = walker.exits.pop().unwrap_or_default();
    if state.ended.is_none() {
        exits.push((value, last(body)));
    }
    exits.into_iter().map(|(value, code)| (value.ty, code)).collect()
}

/// The type of an expression among parameters of these types: what a default is.
pub fn type_of<'a>(context: &Context<'a>, formals: &'a [Formal], expr: &'a Expr, types: &[Type]) -> Type {
    let mut state = entry(formals, types);
    let mut walker = Walker::new(context, formals);
    // What the other defaults do is nothing to this one: with hundreds of formals it would take minutes.
    let mut value = walker.eval(expr, &mut state);
    if value.ty.is_any() {
        value = Value::of(walker.guessed(expr, &mut state));
    }
    let mut exits = walker.exits.pop().unwrap_or_default();
    if state.ended.is_none() {
        exits.push((value, expr));
    }
    exits.into_iter().fold(Type::never(), |ty, (value, _)| ty.or(value.ty))
}

/// What is known where the body begins.
fn entry<'a>(formals: &'a [Formal], types: &[Type]) -> State<'a> {
    let mut state = State::default();
    for (index, formal) in formals.iter().enumerate() {
        let ty = types.get(index).cloned().unwrap_or(Type::Any);
        state.set(&formal.name, Value::argument(index, ty));
    }
    state
}

/// The type for which an expression tests the first parameter, if that is all that it does.
pub fn tests_first<'a>(context: &Context<'a>, formals: &'a [Formal], expr: &'a Expr) -> Option<Type> {
    let mut state = State::default();
    if let Some(first) = formals.first() {
        state.set(&first.name, Value::argument(0, Type::Any));
    }
    let walker = Walker::new(context, formals);
    match &walker.facts(expr, &state).holds[..] {
        [facts::Fact { parameter: 0, says: facts::Says::Is(ty) }] => Some(ty.clone()),
        _ => None,
    }
}

/// The expression that gives a block its value.
fn last(expr: &Expr) -> &Expr {
    match expr.call_of("{").and_then(|call| call.args.last()).and_then(|arg| arg.value.as_ref()) {
        Some(inner) => last(inner),
        None => expr,
    }
}

/// Whether a value is not printed: what the code at an end of a function says.
fn is_invisible<'a>(context: &Context<'a>, code: &'a Expr) -> bool {
    let Some(call) = code.call() else { return false };
    let arg = |index| call.arg(index).is_some_and(|one| is_invisible(context, last(one)));
    match call.name() {
        Some("return") => arg(0),
        // Without `else` there is an invisible NULL.
        Some("if") => arg(1) && (call.args.len() < 3 || arg(2)),
        Some("invisible" | "<-" | "=" | "<<-" | "for" | "while" | "repeat") => true,
        // What a function returned invisibly stays so.
        Some(_) => match context.target(&call.callee) {
            Target::Own(function) => context.summary(&function.name).is_some_and(|one| one.invisible),
            Target::Foreign(_, signature) => signature.invisible,
            _ => false,
        },
        None => false,
    }
}

/// A walk.
struct Walker<'a, 'c> {
    context: &'c Context<'a>,
    formals: &'a [Formal],
    seen: Observed<'a>,
    /// The values of `return()`, for the function and for each local function that is being followed.
    exits: Vec<Vec<(Value<'a>, &'a Expr)>>,
    steps: usize,
    depth: usize,
    inlined: usize,
    /// How many loops are around.
    loops: usize,
    /// While this is not zero nothing is noted.
    quiet: usize,
    /// Whether unknown values are taken for what they most often are.
    guesses: bool,
}

impl<'a, 'c> Walker<'a, 'c> {
    fn new(context: &'c Context<'a>, formals: &'a [Formal]) -> Walker<'a, 'c> {
        Walker {
            context,
            formals,
            seen: Observed {
                parameters: vec![ParameterSigns::default(); formals.len()],
                ..Observed::default()
            },
            exits: vec![Vec::new()],
            steps: 0,
            depth: 0,
            inlined: 0,
            loops: 0,
            quiet: 0,
            guesses: false,
        }
    }

    /// What code gives if the unknown in it is what it most often is.
    fn guessed(&mut self, expr: &'a Expr, state: &mut State<'a>) -> Type {
        self.guesses = true;
        let ty = self.eval(expr, state).ty;
        self.guesses = false;
        ty
    }

    /// Defaults are code, too: they use other parameters.
    fn defaults(&mut self, state: &State<'a>) {
        let formals: &'a [Formal] = self.formals;
        for formal in formals {
            if let Some(default) = &formal.default {
                let mut here = state.clone();
                here.conditional = true;
                self.eval(default, &mut here);
            }
        }
        for parameter in &mut self.seen.parameters {
            parameter.evaluated = false;
            parameter.uses = 0;
            parameter.handed = 0;
        }
    }

    /// Notes that an argument has to be of a type, or (an alternative) may be.
    fn sign(&mut self, state: &State<'a>, value: &Value<'a>, sign: Sign<'a>) {
        let Some(index) = value.origin else { return };
        if self.quiet > 0 || sign.ty.is_any() || sign.ty.is_never() {
            return;
        }
        if let Some(narrowed) = state.narrowed.get(&index) {
            // A test has shown what it is here: what is done with it is no news.
            if narrowed.missing || narrowed.is.is_some() {
                return;
            }
        }
        let mut sign = sign;
        if state.conditional && sign.strength == Confidence::Hard {
            sign.strength = Confidence::Strong;
        }
        let Some(parameter) = self.note(index) else { return };
        let signs = &mut parameter.signs;
        let known = signs.iter().any(|one| {
            one.ty == sign.ty
                && one.source == sign.source
                && one.strength >= sign.strength
                && one.alternative == sign.alternative
        });
        if !known {
            signs.push(sign);
        }
    }

    /// The notes on a parameter of the function that is walked; `None` while nothing is noted.
    fn note(&mut self, index: usize) -> Option<&mut ParameterSigns<'a>> {
        if self.quiet > 0 { None } else { self.seen.parameters.get_mut(index) }
    }

    /// Notes what an argument has to be.
    fn demand(
        &mut self,
        state: &State<'a>,
        value: &Value<'a>,
        ty: Type,
        source: Source,
        strength: Confidence,
        place: &'a Expr,
    ) {
        self.sign(state, value, Sign { ty, source, strength, alternative: false, place });
    }

    /// Notes that an argument is taken to be one element.
    fn one(&mut self, state: &State<'a>, value: &Value<'a>, strength: Confidence, place: &'a Expr) {
        if let Some(parameter) = self.noted(state, value)
            && parameter.one.is_none_or(|(known, _)| known < strength)
        {
            parameter.one = Some((strength, place));
        }
    }

    /// Notes that an argument may have any number of elements.
    fn many(&mut self, state: &State<'a>, value: &Value<'a>, strength: Confidence, place: &'a Expr) {
        if let Some(parameter) = self.noted(state, value)
            && parameter.many.is_none_or(|(known, _)| known < strength)
        {
            parameter.many = Some((strength, place));
        }
    }

    /// The notes on the parameter that a value is the argument of, unless a test has shown what it is here.
    fn noted(&mut self, state: &State<'a>, value: &Value<'a>) -> Option<&mut ParameterSigns<'a>> {
        let index = value.origin?;
        let known = state.narrowed.get(&index).is_some_and(|one| one.missing || one.is.is_some());
        if known { None } else { self.note(index) }
    }

    /// The result of a function in the code, called with these values for its formals.
    fn follow(
        &mut self,
        lambda: &'a Lambda,
        arguments: &BTreeMap<usize, Value<'a>>,
        state: &State<'a>,
    ) -> Value<'a> {
        if self.inlined >= MOST_INLINED {
            return Value::unknown();
        }
        self.inlined += 1;
        let mut inner = state.clone();
        inner.conditional = true;
        inner.ended = None;
        for (index, formal) in lambda.formals.iter().enumerate() {
            let value = match (arguments.get(&index), &formal.default) {
                (Some(value), _) => value.clone(),
                (None, Some(default)) => {
                    let mut here = inner.clone();
                    self.eval(default, &mut here)
                }
                (None, None) => Value::unknown(),
            };
            inner.set(&formal.name, value);
        }
        self.exits.push(Vec::new());
        let value = self.eval(&lambda.body, &mut inner);
        let mut result = if inner.ended.is_none() { Some(value) } else { None };
        for (value, _) in self.exits.pop().unwrap_or_default() {
            result = Some(match result {
                Some(before) => before.or(value),
                None => value,
            });
        }
        self.inlined -= 1;
        let mut result = result.unwrap_or_else(|| Value::of(Type::never()));
        result.literal = None;
        result
    }

    /// Ends the function with a value.
    fn leave(&mut self, value: Value<'a>, code: &'a Expr, state: &mut State<'a>) {
        if state.ended.is_none()
            && let Some(exits) = self.exits.last_mut()
        {
            exits.push((value, code));
        }
        state.ended.get_or_insert(End::Returned);
    }

    /// The parameter that an expression names, if its variable still holds the argument.
    fn argument(&self, expr: &Expr, state: &State<'a>) -> Option<usize> {
        match expr {
            Expr::Symbol(name) => state.get(name)?.origin,
            Expr::Call(call) if call.name() == Some("(") => self.argument(call.arg(0)?, state),
            _ => None,
        }
    }
}
