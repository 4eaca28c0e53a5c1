//! The parts of a help page that are R code: `\usage`, `\examples`, the names of arguments.

use super::rd::{children, raw_text, tag};
use super::rds::Value;

/// What `\usage` shows.
#[derive(Debug, Default)]
pub struct Usage {
    /// As R code: methods stand as calls of their generic.
    pub text: String,
    /// Generic and class (S4: signature) of the methods, in order.
    pub methods: Vec<(String, String)>,
}

/// Reads the content of `\usage`.
pub fn usage(nodes: &[Value], out: &mut Usage) {
    for (index, node) in nodes.iter().enumerate() {
        let inside = children(node);
        match (tag(node), inside) {
            ("\\method" | "\\S3method" | "\\S4method", [generic, class, ..]) => {
                let (mut generic, class) = (label(generic), label(class));
                out.text += &quoted(&generic);
                if !generic.ends_with("<-") && nodes.get(index + 1).is_some_and(is_replacement) {
                    generic += "<-";
                }
                out.methods.push((generic, class));
            }
            ("\\dots" | "\\ldots", _) => out.text += "...",
            ("COMMENT" | "USERMACRO", _) => {}
            ("\\if" | "\\ifelse", _) => {
                if let Some(branch) = branch(inside) {
                    usage(branch, out);
                }
            }
            _ if node.strings().is_some() => out.text += &unescaped(&raw_text(node)),
            _ => usage(inside, out),
        }
    }
}

/// Whether `(x) <- value` follows.
fn is_replacement(node: &Value) -> bool {
    let text = raw_text(node);
    let line = text.trim_start().split('\n').next().unwrap_or_default();
    line.starts_with('(') && line.split_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with("<-"))
}

/// The content of `\examples` as `example()` runs it (the function `Rd2ex` of R's tools).
pub fn examples(nodes: &[Value]) -> String {
    let mut out = String::new();
    code(nodes, &mut out);
    let text = out.trim_matches('\n').trim_end();
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

fn code(nodes: &[Value], out: &mut String) {
    for node in nodes {
        let inside = children(node);
        match tag(node) {
            "\\dontrun" => {
                let mut text = String::new();
                code(inside, &mut text);
                out.push_str("## Not run: ");
                match text.trim_end().split_once('\n') {
                    // One line is shown on the line of its announcement.
                    None => out.push_str(text.trim_end()),
                    Some((first, rest)) => {
                        out.push_str(first);
                        for line in rest.split('\n') {
                            out.push_str("\n##D ");
                            out.push_str(line);
                        }
                        out.push_str("\n## End(Not run)");
                    }
                }
            }
            "\\donttest" => marked(inside, "## No test: ", "## End(No test)", out),
            "\\dontshow" | "\\testonly" => marked(inside, "## Don't show: ", "## End(Don't show)", out),
            "\\dontdiff" => marked(inside, "## Don't diff: ", "## End(Don't diff)", out),
            "\\dots" | "\\ldots" => out.push_str("..."),
            "\\if" | "\\ifelse" => {
                if let Some(branch) = branch(inside) {
                    code(branch, out);
                }
            }
            "COMMENT" | "USERMACRO" => {}
            _ if node.strings().is_some() => out.push_str(&unescaped(&raw_text(node))),
            _ => code(inside, out),
        }
    }
}

fn marked(nodes: &[Value], start: &str, end: &str, out: &mut String) {
    out.push_str(start);
    out.push('\n');
    let mut text = String::new();
    code(nodes, &mut text);
    out.push_str(text.trim_matches('\n').trim_end());
    out.push('\n');
    out.push_str(end);
}

/// The branch of `\if{format}{yes}` or `\ifelse{format}{yes}{no}` for the format "example".
fn branch(inside: &[Value]) -> Option<&[Value]> {
    let formats = raw_text(inside.first()?);
    let yes = formats.split(',').any(|one| matches!(one.trim(), "example" | "text" | "TRUE"));
    let branch = inside.get(if yes { 1 } else { 2 })?;
    Some(match tag(branch) {
        "" | "LIST" => children(branch),
        _ => std::slice::from_ref(branch),
    })
}

/// The text of a name or a list of names, with `...` for `\dots`.
pub fn label(node: &Value) -> String {
    match tag(node) {
        "\\dots" | "\\ldots" => "...".to_owned(),
        "COMMENT" | "USERMACRO" => String::new(),
        _ => match node.strings() {
            Some(strings) => strings.iter().flatten().map(|one| unescaped(one)).collect(),
            None => children(node).iter().map(label).collect(),
        },
    }
}

/// Rd escapes that its parser leaves in code: `\%`, `\{`, `\}`; not where the backslash is itself escaped.
fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, characters.peek().copied()) {
            ('\\', Some('%' | '{' | '}')) => {}
            ('\\', Some('\\')) => {
                characters.next();
                out.push_str("\\\\");
            }
            _ => out.push(c),
        }
    }
    out
}

/// A name as R code.
fn quoted(name: &str) -> String {
    crate::ir::code::deparse(&crate::ir::code::Expr::Symbol(name.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::introspect::rds::{Data, Tagged};

    fn tagged(tag: &str, data: Data) -> Value {
        let tag = Value::from(Data::Character(vec![Some(tag.into())]));
        let mut value = Value::from(data);
        value.attributes = Some(vec![Tagged { tag: "Rd_tag".into(), value: tag }]);
        value
    }

    fn text(tag: &str, text: &str) -> Value {
        tagged(tag, Data::Character(vec![Some(text.into())]))
    }

    fn node(tag: &str, inside: Vec<Value>) -> Value {
        tagged(tag, Data::List(inside))
    }

    fn words(words: &str) -> Value {
        Value::from(Data::List(vec![text("TEXT", words)]))
    }

    #[test]
    fn methods_stand_as_calls_of_their_generic() {
        let tree = [
            text("RCODE", "\nf(x, "),
            node("\\dots", vec![]),
            text("RCODE", ", mark = \"\\%\")\n"),
            text("COMMENT", "% not this"),
            node("\\method", vec![words("["), words("data.frame")]),
            text("RCODE", "(x, i) <- value\n"),
        ];
        let mut out = Usage::default();
        usage(&tree, &mut out);
        assert_eq!(out.text, "\nf(x, ..., mark = \"%\")\n`[`(x, i) <- value\n");
        assert_eq!(out.methods, [("[<-".to_owned(), "data.frame".to_owned())]);
    }

    #[test]
    fn examples_are_as_r_shows_them() {
        let tree = [
            text("RCODE", "\nf(1) # one\n"),
            node("\\dontrun", vec![text("RCODE", "f(2)")]),
            text("RCODE", "\n"),
            node("\\dontrun", vec![text("RCODE", "\n"), text("RCODE", "f(3)\n"), text("RCODE", "f(4)\n")]),
            text("RCODE", "\n"),
            node("\\donttest", vec![text("RCODE", "f(5)")]),
        ];
        let shown = "f(1) # one\n## Not run: f(2)\n## Not run: \n##D f(3)\n##D f(4)\n## End(Not run)\n\
                     ## No test: \nf(5)\n## End(No test)\n";
        assert_eq!(examples(&tree), shown);
    }

    #[test]
    fn names_with_dots() {
        let names = node("", vec![text("TEXT", "x, "), node("\\dots", vec![])]);
        assert_eq!(label(&names), "x, ...");
    }
}
