//! The report for a terminal.

use std::fmt::Write;

use super::summary::{Count, Summary};
use super::{EvidenceReport, FunctionReport, PackageReport};
use crate::diagnostics::printable;
use crate::ir::{
    ClassSystem, ClassTypes, Confidence, Dots, Evidence, Mode, Overload, Parameter, Position, RecordClass,
    Signature, Source,
};

/// The place of an evidence may be a long expression: it is cut where the line would be wider than this, …
const WIDTH: usize = 120;

/// … but never to less than this.
const LEAST: usize = 40;

pub fn text(report: &EvidenceReport) -> String {
    let mut out = String::new();
    for package in &report.packages {
        for function in &package.functions {
            write_function(&mut out, &package.name, function);
            out.push('\n');
        }
        for class in &package.classes {
            write_class(&mut out, &package.name, class);
            out.push('\n');
        }
        for generic in &package.extended {
            line(&mut out, 0, &format!("methods of {} for {}", package.name, generic.name));
            write_overloads(&mut out, generic);
            out.push('\n');
        }
        for class in &package.declared {
            write_declared(&mut out, &package.name, class);
            out.push('\n');
        }
        end(&mut out, package);
    }
    if report.packages.len() > 1 {
        out.push_str("all packages\n");
        write_summary(&mut out, &report.summary);
    }
    out
}

fn line(out: &mut String, indent: usize, text: &str) {
    let _ = writeln!(out, "{:indent$}{}", "", printable(text).trim_end());
}

/// As much of a text as has room behind the `used` columns.
fn cut(text: &str, used: usize) -> String {
    let room = WIDTH.saturating_sub(used).max(LEAST);
    match text.char_indices().nth(room) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn write_function(out: &mut String, package: &str, function: &FunctionReport) {
    let signature = &function.signature;
    let colons = if function.exported { "::" } else { ":::" };
    line(out, 0, &format!("{package}{colons}{}", signature.name));
    write_signature(out, signature);
    if !signature.overloads.is_empty() {
        line(out, 2, "methods");
        write_overloads(out, signature);
    }
}

fn write_signature(out: &mut String, signature: &Signature) {
    for parameter in &signature.parameters {
        let words = words(parameter);
        write_position(out, &parameter.name, &parameter.position, &words);
    }
    let invisible = if signature.invisible { ", invisible" } else { "" };
    write_position(out, "=>", &signature.returns, invisible);
}

/// The methods of an S4 generic, one a line.
fn write_overloads(out: &mut String, generic: &Signature) {
    for Overload { parameters, returns } in &generic.overloads {
        let told = generic.parameters.iter().zip(parameters).map(|(parameter, ty)| {
            if parameter.name == "..." {
                "...".to_owned()
            } else if ty.is_never() {
                format!("no {}", parameter.name)
            } else {
                format!("{}: {ty}", parameter.name)
            }
        });
        let told: Vec<String> = told.collect();
        line(out, 4, &format!("({}) => {returns}", told.join(", ")));
    }
}

/// A class that declares what it holds.
fn write_declared(out: &mut String, package: &str, class: &ClassTypes) {
    let (system, field) = match class.system {
        ClassSystem::S4 => ("S4 class", "slot"),
        ClassSystem::Reference => ("reference class", "field"),
        ClassSystem::R6 => ("R6 class", "field"),
    };
    let mut head = format!("{package} {system} {}", class.name);
    if !class.inherits.is_empty() {
        let _ = write!(head, ", a {}", class.inherits.join(", a "));
    }
    line(out, 0, &head);
    for one in &class.fields {
        write_position(out, &format!("{field} {}", one.name), &one.position, "");
    }
    for method in class.constructor.iter().chain(&class.methods) {
        line(out, 0, &format!("{package} {system} {}, {}", class.name, method.name));
        write_signature(out, method);
    }
}

/// What is to be said about a parameter besides its type.
fn words(parameter: &Parameter) -> String {
    let mut words = String::new();
    if parameter.optional {
        words += ", optional";
    }
    if parameter.open {
        words += ", other classes may have methods";
    }
    match parameter.mode {
        Mode::Value => {}
        Mode::Code => words += ", taken as code",
        Mode::Masked => words += ", evaluated among columns",
    }
    if !parameter.choices.is_empty() {
        let _ = write!(words, ", several of {}", parameter.choices.join(", "));
    }
    match &parameter.dots {
        None => {}
        Some(Dots::Forwarded(functions)) => {
            let _ = write!(words, ", handed to {}", functions.join(", "));
        }
        Some(Dots::Collected) => words += ", collected",
        Some(Dots::Ignored) => words += ", ignored",
    }
    words
}

fn write_position(out: &mut String, name: &str, position: &Position, words: &str) {
    let confidence = match position.confidence {
        _ if name == "..." => String::new(),
        Confidence::None => ", nothing is known".to_owned(),
        other => format!(", {}", confidence_word(other)),
    };
    let ty = if name == "..." { String::new() } else { position.ty.to_string() };
    let rest = format!("{ty}{confidence}{words}");
    line(out, 2, &format!("{name:<12} {}", rest.trim_start_matches(", ")));
    for evidence in &position.evidence {
        line(out, EVIDENCE, &describe(evidence));
    }
}

/// How far evidence is indented.
const EVIDENCE: usize = 6;

fn describe(evidence: &Evidence) -> String {
    let Evidence { source, ty, strength, alternative, place } = evidence;
    let also = if *alternative { "also " } else { "" };
    let said = format!("{:<13} {:<6} {also}{ty}  ", source_word(*source), confidence_word(*strength));
    let place = cut(&printable(place), EVIDENCE + said.chars().count());
    said + &place
}

fn write_class(out: &mut String, package: &str, class: &RecordClass) {
    let mut head = format!("{package} class {}", class.name);
    if !class.inherits.is_empty() {
        let _ = write!(head, ", a {}", class.inherits.join(", a "));
    }
    line(out, 0, &head);
    if !class.made_by.is_empty() {
        line(out, 2, &format!("made by {}", class.made_by.join(", ")));
    }
    for field in &class.fields {
        let optional = if field.optional { ", not always there" } else { "" };
        write_position(out, &field.name, &field.position, optional);
    }
}

/// What is untyped, what was skipped, and the figures.
fn end(out: &mut String, package: &PackageReport) {
    let untyped: Vec<String> = package.functions.iter().filter_map(untyped).collect();
    if !untyped.is_empty() {
        line(out, 0, &format!("{}: nothing is known about", package.name));
        for one in untyped {
            line(out, 2, &one);
        }
        out.push('\n');
    }
    if !package.skipped.is_empty() {
        line(out, 0, &format!("{}: skipped", package.name));
        for one in &package.skipped {
            line(out, 2, &format!("{}: {}", one.name, one.reason));
        }
        out.push('\n');
    }
    line(out, 0, &format!("{} {}", package.name, package.version));
    write_summary(out, &package.summary);
}

/// `f(x, y), its result`, where nothing is known about these.
fn untyped(function: &FunctionReport) -> Option<String> {
    let signature = &function.signature;
    let unknown = |one: &&Parameter| one.name != "..." && one.position.ty.is_any();
    let parameters: Vec<&str> =
        signature.parameters.iter().filter(unknown).map(|one| one.name.as_str()).collect();
    let result = signature.returns.ty.is_any();
    match (&parameters[..], result) {
        ([], false) => None,
        ([], true) => Some(format!("{}: result", signature.name)),
        (some, false) => Some(format!("{}: {}", signature.name, some.join(", "))),
        (some, true) => Some(format!("{}: {}, result", signature.name, some.join(", "))),
    }
}

fn write_summary(out: &mut String, summary: &Summary) {
    let functions = if summary.functions == 1 { "function" } else { "functions" };
    line(out, 2, &format!("{} {functions}", summary.functions));
    write_count(out, "parameters", &summary.parameters);
    write_count(out, "results", &summary.returns);
    for (what, count) in [
        ("slots and fields", &summary.fields),
        ("parameters of methods", &summary.method_parameters),
        ("results of methods", &summary.method_returns),
    ] {
        if count.total > 0 {
            write_count(out, what, count);
        }
    }
}

fn write_count(out: &mut String, what: &str, count: &Count) {
    line(out, 2, &format!("{what}: {} of {} typed ({:.1}%)", count.typed, count.total, count.percent()));
    let mut sources: Vec<(&Source, &u64)> = count.sources.iter().collect();
    sources.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    for (source, number) in sources {
        line(out, 4, &format!("{number:>6} by {}", source_word(*source)));
    }
}

fn confidence_word(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::None => "none",
        Confidence::Weak => "weak",
        Confidence::Likely => "likely",
        Confidence::Strong => "strong",
        Confidence::Hard => "hard",
    }
}

fn source_word(source: Source) -> &'static str {
    match source {
        Source::Override => "override",
        Source::Overlay => "overlay",
        Source::Check => "check",
        Source::Registration => "registration",
        Source::Default => "default",
        Source::Branch => "branch",
        Source::Body => "body",
        Source::Callee => "callee",
        Source::Caller => "caller",
        Source::Coercion => "coercion",
        Source::Documentation => "documentation",
        Source::Namesake => "namesake",
        Source::Trace => "trace",
        Source::Knowledge => "knowledge",
    }
}
