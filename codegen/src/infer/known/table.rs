//! The data files: a function a line.
//!
//! ```text
//! [base]                                   the package of the functions that follow
//! let strings = ^character[]               $strings stands for this type from here on
//! sin, cos(x: $numbers) => @math double    names, parameters, result
//! ```
//!
//! A parameter is a name, `?` if it can be left out, `!` if R stops at anything else than its type, and after a colon the type
//! (`any` without). The result is a type, or `@` and a rule with its words; then perhaps `else` and the type where the rule
//! does not know, `likely` and the type that it has most often, `whole` and what it may be at all where no operand is known. Names that are not words stand in backticks. Nothing after the
//! parameters: the result is not known. A line that starts with a space continues the one before.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::call::Call;
use super::rules::{self, Rule};
use super::{KnownParameter, Operand};
use crate::ir::types::{Term, Type};

/// What is known about a function.
pub(super) struct Entry {
    pub package: String,
    pub parameters: Vec<KnownParameter>,
    rule: Option<(Rule, Vec<String>)>,
    otherwise: Option<Type>,
    likely: Option<Type>,
    /// What it may be at all.
    pub whole: Option<Type>,
}

impl Entry {
    pub fn result(&self, name: &str, operands: &[Operand<'_>], likely: bool) -> Option<Type> {
        let found = self.rule.as_ref().and_then(|(rule, words)| {
            rule(&Call::new(name, &self.parameters, words, operands, likely))
                // The operands are no valid ones as far as is known: what is known about them is wrong then.
                .filter(|ty| !ty.is_never())
        });
        // Of a matrix or an object something is known: what is usual for vectors says nothing then.
        let plain =
            |ty: &Type| ty.is_any() || ty.terms().all(|term| matches!(term, Term::Vector(_) | Term::Dots));
        let usual = operands.iter().all(|one| plain(&one.ty)) || operands.iter().any(|one| one.ty.is_any());
        let guessed = || if likely && usual { self.likely.clone() } else { None };
        found.or_else(guessed).or_else(|| self.otherwise.clone()).filter(|ty| !ty.is_any())
    }
}

/// The elements of the lists that R's own classes are.
static CLASSES: LazyLock<BTreeMap<String, Vec<(String, Type)>>> =
    LazyLock::new(|| classes(include_str!("classes.types")).into_iter().flatten().collect());

type Class = (String, Vec<(String, Type)>);

/// Each line `class: elements`, or what is wrong with it.
pub(super) fn classes(text: &str) -> Vec<Result<Class, String>> {
    let class = |line: &str| {
        let (name, elements) = line.split_once(':').ok_or("`:` is missing")?;
        match ty(elements)?.only() {
            Some(Term::Record(fields)) => Ok((name.to_owned(), fields.clone())),
            _ => Err("not a struct".to_owned()),
        }
    };
    joined(text).iter().map(|line| class(line).map_err(|error| format!("{line}: {error}"))).collect()
}

pub(super) fn fields(class: &str) -> Option<&'static [(String, Type)]> {
    CLASSES.get(class).map(Vec::as_slice)
}

static TABLE: LazyLock<BTreeMap<String, Entry>> = LazyLock::new(|| {
    let mut table = BTreeMap::new();
    for text in FILES {
        // A line that cannot be read is left out here; a test reads them all.
        for (names, entry) in read(text).into_iter().flatten() {
            for name in names {
                table.insert(name, entry());
            }
        }
    }
    table
});

pub(super) const FILES: [&str; 5] = [
    include_str!("primitives.types"),
    include_str!("base.types"),
    include_str!("internal.types"),
    include_str!("stats.types"),
    include_str!("utils.types"),
];

pub(super) fn entry(name: &str) -> Option<&'static Entry> {
    TABLE.get(name)
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TABLE.keys().map(String::as_str)
}

type Line = (Vec<String>, Box<dyn Fn() -> Entry>);

/// Each line that defines functions, or what is wrong with it.
pub(super) fn read(text: &str) -> Vec<Result<Line, String>> {
    let mut package = String::new();
    let mut aliases: BTreeMap<String, String> = BTreeMap::new();
    let mut lines = Vec::new();
    for line in joined(text) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            package = name.to_owned();
        } else if let Some((name, ty)) = line.strip_prefix("let ").and_then(|rest| rest.split_once('=')) {
            match expand(ty.trim(), &aliases) {
                Ok(ty) => _ = aliases.insert(name.trim().to_owned(), ty),
                Err(error) => lines.push(Err(format!("{line}: {error}"))),
            }
        } else {
            let parsed = expand(&line, &aliases).and_then(|text| function(&text, &package));
            lines.push(parsed.map_err(|error| format!("{line}: {error}")));
        }
    }
    lines
}

/// The lines without comments, those that are continued made one.
fn joined(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match lines.last_mut() {
            Some(last) if line.starts_with(' ') => {
                last.push(' ');
                last.push_str(line.trim_start());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The text with each `$name` replaced. `$` in backticks is itself.
fn expand(text: &str, aliases: &BTreeMap<String, String>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    let mut quoted = false;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        quoted ^= c == '`';
        if c != '$' || quoted {
            out.push(c);
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let ty = aliases.get(&rest[..end]).ok_or_else(|| format!("no alias ${}", &rest[..end]))?;
        out.push_str(ty);
        rest = &rest[end..];
    }
    Ok(out)
}

fn function(text: &str, package: &str) -> Result<Line, String> {
    let mut rest = text;
    let mut names = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(body) = rest.strip_prefix('`') {
            let end = body.find('`').ok_or("a backtick is missing")?;
            names.push(body[..end].to_owned());
            rest = body[end + 1..].trim_start();
        } else {
            let end = rest.find([',', '(']).ok_or("`(` is missing")?;
            names.push(rest[..end].trim().to_owned());
            rest = &rest[end..];
        }
        match rest.strip_prefix(',') {
            Some(more) => rest = more,
            None => break,
        }
    }
    let body = rest.strip_prefix('(').ok_or("`(` is missing")?;
    let close = top(body, ')').ok_or("`)` is missing")?;
    let mut parameters = Vec::new();
    let mut inside = &body[..close];
    while !inside.trim().is_empty() {
        let end = top(inside, ',').unwrap_or(inside.len());
        parameters.push(parameter(&inside[..end])?);
        inside = inside.get(end + 1..).unwrap_or("");
    }
    let result = body[close + 1..].trim();
    let mut rule = None;
    let mut otherwise = None;
    let mut likely = None;
    let mut whole = None;
    if !result.is_empty() {
        let result = result.strip_prefix("=>").ok_or("`=>` is missing")?.trim();
        let (result, all) = split(result, "whole");
        let (result, guess) = split(result, "likely");
        let (result, other) = split(result, "else");
        whole = all.map(ty).transpose()?;
        likely = guess.map(ty).transpose()?;
        otherwise = other.map(ty).transpose()?;
        if let Some(call) = result.strip_prefix('@') {
            let mut words = call.split_whitespace().map(str::to_owned);
            let name = words.next().ok_or("a rule is missing")?;
            let found = rules::find(&name).ok_or_else(|| format!("no rule {name}"))?;
            rule = Some((found, words.collect::<Vec<_>>()));
        } else if !result.is_empty() {
            otherwise = Some(ty(result)?);
        }
    }
    let package = package.to_owned();
    let entry = move || Entry {
        package: package.clone(),
        parameters: parameters.clone(),
        rule: rule.clone(),
        otherwise: otherwise.clone(),
        likely: likely.clone(),
        whole: whole.clone(),
    };
    Ok((names, Box::new(entry)))
}

fn ty(text: &str) -> Result<Type, String> {
    text.trim().parse().map_err(|error| format!("the type {text:?}: {error}"))
}

fn split<'a>(text: &'a str, word: &str) -> (&'a str, Option<&'a str>) {
    if let Some(rest) = text.strip_prefix(word).filter(|rest| rest.starts_with(' ')) {
        return ("", Some(rest));
    }
    match text.split_once(&format!(" {word} ")) {
        Some((before, after)) => (before.trim(), Some(after)),
        None => (text, None),
    }
}

fn parameter(text: &str) -> Result<KnownParameter, String> {
    let (name, of) = match text.split_once(':') {
        Some((name, of)) => (name.trim(), Some(of)),
        None => (text.trim(), None),
    };
    let word = name.trim_end_matches(['?', '!']);
    let marks = &name[word.len()..];
    let (hard, optional, name) = (marks.contains('!'), marks.contains('?'), word);
    if name.is_empty() {
        return Err("a parameter has no name".to_owned());
    }
    let ty = match of {
        Some(of) => ty(of)?,
        None if name == "..." => Term::Dots.into(),
        None => Type::Any,
    };
    Ok(KnownParameter { name: name.to_owned(), ty, optional: optional || name == "...", hard })
}

/// Where `wanted` stands outside of brackets and quotes.
fn top(text: &str, wanted: char) -> Option<usize> {
    let mut depth = 0;
    let mut quote = None;
    let mut before = ' ';
    for (index, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '`' | '"') => quote = Some(c),
            (None, c) if depth == 0 && c == wanted => return Some(index),
            (None, '(' | '<') => depth += 1,
            (None, '>') if before == '=' => {}
            (None, ')' | '>') => depth -= 1,
            _ => {}
        }
        before = c;
    }
    None
}
