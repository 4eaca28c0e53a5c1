//! Changes of functions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, Log, listed};
use crate::ir::code::{Expr, Formal, deparse};
use crate::ir::types::{Term, Type};
use crate::ir::{Confidence, Function, Mode, Package, Parameter, Position, Reexport, Signature};
use crate::pipeline::Corrected;

/// A function with what is known about it.
struct Typed<'a> {
    function: &'a Function,
    signature: Option<&'a Signature>,
}

/// The functions that a package exports.
pub fn exported(log: &mut Log, old: &Corrected, new: &Corrected) {
    let (before, after) = (typed(old), typed(new));
    let named =
        |functions: &'_ BTreeMap<String, Typed<'_>>| functions.keys().cloned().collect::<BTreeSet<_>>();
    let (names_before, names_after) = (named(&before), named(&after));
    for name in names_before.difference(&names_after) {
        // It may still be there, from another package.
        match new.package.reexports.iter().find(|one| one.name == *name) {
            Some(Reexport { package, .. }) => {
                log.harmless(Kind::Function, name, format!("comes from the package {package} now"));
            }
            None if new.package.functions.iter().any(|one| one.name == *name) => {
                log.breaking(Kind::Function, name, "is no longer exported");
            }
            None => log.breaking(Kind::Function, name, "is gone"),
        }
    }
    for name in names_after.difference(&names_before) {
        if !old.package.reexports.iter().any(|one| one.name == *name) {
            log.harmless(Kind::Function, name, "is new");
        }
    }
    for (name, then) in &before {
        let Some(now) = after.get(name) else { continue };
        let subject = Subject { kind: Kind::Function, name, member: None };
        compare(log, subject, then, now);
    }
}

fn typed(package: &Corrected) -> BTreeMap<String, Typed<'_>> {
    let signatures: BTreeMap<&str, &Signature> =
        package.types.signatures.iter().map(|one| (one.name.as_str(), one)).collect();
    let functions = package.package.functions.iter().filter(|one| one.exported);
    functions
        .map(|function| {
            let signature = signatures.get(function.name.as_str()).copied();
            (function.name.clone(), Typed { function, signature })
        })
        .collect()
}

/// The methods of a class, of which only the formals are known.
pub fn methods(log: &mut Log, kind: Kind, class: &str, old: &[Function], new: &[Function]) {
    let named = |methods: &'_ [Function]| -> BTreeSet<String> {
        methods.iter().map(|one| one.name.clone()).collect()
    };
    let (before, after) = (named(old), named(new));
    for name in before.difference(&after) {
        log.breaking(kind, class, format!("the method `{name}` is gone"));
    }
    for name in after.difference(&before) {
        log.harmless(kind, class, format!("the method `{name}` is new"));
    }
    for then in old {
        if let Some(now) = new.iter().find(|one| one.name == then.name) {
            let subject = Subject { kind, name: class, member: Some(&then.name) };
            let bare = |function| Typed { function, signature: None };
            compare(log, subject, &bare(then), &bare(now));
        }
    }
}

/// Exports that come from other packages.
pub fn reexports(log: &mut Log, old: &Package, new: &Package) {
    let named = |package: &'_ Package| -> BTreeMap<String, Reexport> {
        package.reexports.iter().map(|one| (one.name.clone(), one.clone())).collect()
    };
    let (before, after) = (named(old), named(new));
    let exports =
        |package: &Package, name: &str| package.functions.iter().any(|one| one.exported && one.name == name);
    for (name, then) in &before {
        match after.get(name) {
            None if exports(new, name) => {
                log.harmless(Kind::Reexport, name, "is a function of the package itself now");
            }
            None => log.breaking(Kind::Reexport, name, "is gone"),
            Some(now) if now.package != then.package => {
                log.harmless(
                    Kind::Reexport,
                    name,
                    format!("comes from {} now, not from {}", now.package, then.package),
                );
            }
            Some(_) => {}
        }
    }
    for name in after.keys().filter(|name| !before.contains_key(*name) && !exports(old, name)) {
        log.harmless(Kind::Reexport, name, "is new");
    }
}

/// What a sentence is about: a function, or a method of a class.
#[derive(Clone, Copy)]
struct Subject<'a> {
    kind: Kind,
    name: &'a str,
    member: Option<&'a str>,
}

impl Subject<'_> {
    fn say(self, log: &mut Log, breaking: bool, text: &str) {
        match self.member {
            None => log.add(self.kind, self.name, breaking, text),
            Some(member) => log.add(self.kind, self.name, breaking, format!("the method `{member}`: {text}")),
        }
    }
}

fn compare(log: &mut Log, subject: Subject<'_>, old: &Typed<'_>, new: &Typed<'_>) {
    let (before, after) = (&old.function.formals, &new.function.formals);
    order(log, subject, before, after);
    for formal in before {
        if !after.iter().any(|one| one.name == formal.name) {
            subject.say(log, true, &format!("the parameter `{}` is gone", formal.name));
        }
    }
    for (index, formal) in after.iter().enumerate() {
        match before.iter().find(|one| one.name == formal.name) {
            None => added(log, subject, before, after, index, new.signature),
            Some(then) => parameter(log, subject, (then, formal), old.signature, new.signature),
        }
    }
    if let (Some(then), Some(now)) = (old.signature, new.signature) {
        returns(log, subject, &then.returns, &now.returns);
    }
    for (word, breaking, text) in [
        (&[".Deprecated", "deprecate_warn", "deprecate_soft"][..], false, "is deprecated"),
        (&[".Defunct", "deprecate_stop"][..], true, "is defunct"),
    ] {
        if calls(new.function, word) && !calls(old.function, word) {
            subject.say(log, breaking, text);
        }
    }
}

/// What both have must be in the same order: arguments are given by position, too.
fn order(log: &mut Log, subject: Subject<'_>, before: &[Formal], after: &[Formal]) {
    let common = |ours: &[Formal], theirs: &[Formal]| -> Vec<String> {
        let both = ours.iter().filter(|one| theirs.iter().any(|other| other.name == one.name));
        both.map(|one| one.name.to_string()).collect()
    };
    let (then, now) = (common(before, after), common(after, before));
    // Behind `...` the order says nothing.
    let positional =
        |names: &[String]| names.iter().take_while(|name| *name != "...").cloned().collect::<Vec<_>>();
    if positional(&then) != positional(&now) {
        let names = |names: &[String]| names.join(", ");
        subject.say(
            log,
            true,
            &format!("the parameters are in another order: ({}) is ({}) now", names(&then), names(&now)),
        );
    }
}

/// A new parameter breaks calls when it is required, or when it moves others that are given by position.
fn added(
    log: &mut Log,
    subject: Subject<'_>,
    before: &[Formal],
    after: &[Formal],
    index: usize,
    signature: Option<&Signature>,
) {
    let Some(formal) = after.get(index) else { return };
    if &*formal.name == "..." {
        return subject.say(log, false, "it takes `...` now");
    }
    let optional = known(signature, &formal.name).map_or(formal.default.is_some(), |one| one.optional);
    if !optional {
        return subject.say(log, true, &format!("the required parameter `{}` is new", formal.name));
    }
    let dots = before.iter().position(|one| &*one.name == "...").unwrap_or(before.len());
    let moved =
        before.iter().take(dots).find(|one| after.iter().skip(index).any(|later| later.name == one.name));
    match moved {
        Some(moved) => subject.say(
            log,
            true,
            &format!("the optional parameter `{}` is new and stands before `{}`", formal.name, moved.name),
        ),
        None => subject.say(log, false, &format!("the optional parameter `{}` is new", formal.name)),
    }
}

fn known<'a>(signature: Option<&'a Signature>, name: &str) -> Option<&'a Parameter> {
    signature?.parameters.iter().find(|one| one.name == name)
}

fn parameter(
    log: &mut Log,
    subject: Subject<'_>,
    (then, now): (&Formal, &Formal),
    old: Option<&Signature>,
    new: Option<&Signature>,
) {
    let name = &now.name;
    let (before, after) = (known(old, name), known(new, name));
    let optional = |formal: &Formal, known: Option<&Parameter>| {
        known.map_or(formal.default.is_some(), |one| one.optional)
    };
    match (optional(then, before), optional(now, after)) {
        (true, false) => subject.say(log, true, &format!("the parameter `{name}` is required now")),
        (false, true) => subject.say(log, false, &format!("the parameter `{name}` is optional now")),
        _ => {}
    }
    if let (Some(a), Some(b)) = (&then.default, &now.default)
        && a != b
    {
        let text = format!("the default of `{name}` is {} now, it was {}", short(b), short(a));
        subject.say(log, false, &text);
    }
    if let (Some(before), Some(after)) = (before, after) {
        if before.mode != after.mode {
            let word = match after.mode {
                Mode::Value => "as a value",
                Mode::Code => "as code",
                Mode::Masked => "among the columns of a data frame",
            };
            subject.say(log, true, &format!("the parameter `{name}` is taken {word} now"));
        }
        takes(log, subject, before, after);
    }
}

/// Code on one line, and not too much of it.
fn short(code: &Expr) -> String {
    let text = deparse(code).split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}

/// Types of a parameter: taking less breaks.
fn takes(log: &mut Log, subject: Subject<'_>, old: &Parameter, new: &Parameter) {
    let name = &new.name;
    let (before, after) = (choices(old), choices(new));
    let both = !before.is_empty() && !after.is_empty();
    if both {
        let gone: Vec<&str> = before.difference(&after).copied().collect();
        let added: Vec<&str> = after.difference(&before).copied().collect();
        if !gone.is_empty() {
            subject.say(log, true, &format!("the parameter `{name}` no longer takes {}", listed(gone)));
        }
        if !added.is_empty() {
            subject.say(log, false, &format!("the parameter `{name}` takes {}, too", listed(added)));
        }
    }
    match (old.open, new.open) {
        (false, false) => {}
        // Which cases are known is no change of what it takes.
        (true, true) => return,
        (false, true) => {
            return subject.say(log, false, &format!("the parameter `{name}` takes other classes, too"));
        }
        (true, false) => {
            let text =
                format!("the parameter `{name}` no longer takes other classes than {}", new.position.ty);
            return subject.say(log, true, &text);
        }
    }
    let rest = |ty: &Type| match both {
        true => ty.clone().filter(|term| !matches!(term, Term::Literal(_))),
        false => ty.clone(),
    };
    let (then, now) = (rest(&old.position.ty), rest(&new.position.ty));
    if then == now {
        return;
    }
    let (wider, narrower) = (now.takes(&then), then.takes(&now));
    match (wider, narrower) {
        (true, true) => {}
        (true, false) => {
            subject.say(log, false, &format!("the parameter `{name}` takes more: {now}, it was {then}"));
        }
        // That more is known is no change of the package, unless its code refuses the rest.
        (false, true) if then.is_any() => {
            let hard = new.position.confidence == Confidence::Hard;
            subject.say(log, hard, &format!("the parameter `{name}` is known to take {now}"));
        }
        (false, true) => {
            subject.say(log, true, &format!("the parameter `{name}` takes less: {now}, it was {then}"));
        }
        (false, false) => {
            subject.say(
                log,
                true,
                &format!("the parameter `{name}` takes something else: {now}, it was {then}"),
            );
        }
    }
}

/// The strings of an enumeration.
fn choices(parameter: &Parameter) -> BTreeSet<&str> {
    let literals = parameter.position.ty.terms().filter_map(|term| match term {
        Term::Literal(text) => Some(text.as_str()),
        _ => None,
    });
    literals.chain(parameter.choices.iter().map(String::as_str)).collect()
}

/// Types of a result: what is not part of the old type breaks.
fn returns(log: &mut Log, subject: Subject<'_>, old: &Position, new: &Position) {
    let (then, now) = (&old.ty, &new.ty);
    if then == now || (then.takes(now) && now.takes(then)) {
        return;
    }
    let text = match (then.is_any(), now.is_any()) {
        (true, _) => format!("the result is known to be {now}"),
        (_, true) => format!("the result is no longer known to be {then}"),
        _ => format!("the result is {now}, it was {then}"),
    };
    subject.say(log, !then.takes(now), &text);
}

/// Whether a function calls one of these at its top level.
fn calls(function: &Function, names: &[&str]) -> bool {
    let is_call =
        |expr: &Expr| expr.call().and_then(|call| call.name()).is_some_and(|name| names.contains(&name));
    let Some(body) = &function.body else { return false };
    match body.call_of("{") {
        Some(block) => block.args.iter().filter_map(|arg| arg.value.as_ref()).any(is_call),
        None => is_call(body),
    }
}
