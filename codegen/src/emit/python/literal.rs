//! Python's literals and the line breaks of `ruff format`.

use std::fmt::Write;

use super::WIDTH;
use crate::diagnostics::is_invisible;

/// A string literal: double quotes, unless single ones save an escape.
pub fn string(text: &str) -> String {
    let double = text.matches('"').count();
    let quote = if double > text.matches('\'').count() { '\'' } else { '"' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\t' => out += "\\t",
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if is_invisible(c) => escape(&mut out, c),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn escape(out: &mut String, c: char) {
    let code = u32::from(c);
    let _ = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}

/// A docstring of these lines, indented; the first line stands without indent.
pub fn docstring(lines: &[String], indent: usize) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = lines.iter().map(|line| line.replace('\\', "\\\\")).collect();
    let pad = " ".repeat(indent);
    let mut out = String::from("\"\"\"");
    for (index, line) in lines.iter().enumerate() {
        // Three quotes in a row would end it; so would one before the end.
        let mut line = line.replace("\"\"\"", "\\\"\\\"\\\"");
        if lines.len() == 1 && line.ends_with('"') {
            line.truncate(line.len() - 1);
            line += "\\\"";
        }
        if index == 0 && line.starts_with('"') {
            out.push(' ');
        }
        if index > 0 {
            out.push('\n');
            if !line.is_empty() {
                out += &pad;
            }
        }
        out += &line;
    }
    if lines.len() > 1 {
        out.push('\n');
        out += &pad;
    }
    out += "\"\"\"";
    out
}

/// `head(arguments)`, broken where it is too long.
pub fn call(head: &str, arguments: &[String]) -> String {
    call_with(head, arguments, "")
}

/// [`call`], with something behind it that has to fit on the last line.
pub fn call_with(head: &str, arguments: &[String], tail: &str) -> String {
    bracketed(head, '(', arguments, ')', tail)
}

/// `head[arguments]`, broken where it is too long.
pub fn subscript(head: &str, arguments: &[String]) -> String {
    bracketed(head, '[', arguments, ']', "")
}

/// `head[argument]` within brackets that are already broken: `indent` before it and `tail` characters behind.
pub fn nested(head: &str, argument: &str, indent: usize, tail: usize) -> String {
    let line = format!("{head}[{argument}]");
    if indent + width(&line) + tail <= WIDTH {
        return line;
    }
    let outer = " ".repeat(indent);
    format!("{head}[\n{outer}    {argument}\n{outer}]")
}

fn bracketed(head: &str, open: char, arguments: &[String], close: char, tail: &str) -> String {
    let joined = arguments.join(", ");
    let line = format!("{head}{open}{joined}{close}");
    if width(&line) + width(tail) <= WIDTH {
        return line;
    }
    let indent = head.len() - head.trim_start().len();
    let (outer, inner) = (" ".repeat(indent), " ".repeat(indent + 4));
    // A subscript of a single element stays as long as it is; calls here have several arguments.
    if width(&inner) + width(&joined) <= WIDTH {
        return match arguments.len() {
            1 => line,
            _ => format!("{head}{open}\n{inner}{joined}\n{outer}{close}"),
        };
    }
    let lines: String = arguments.iter().map(|argument| format!("{inner}{argument},\n")).collect();
    format!("{head}{open}\n{lines}{outer}{close}")
}

/// The width of a line on a terminal, as far as it matters for breaking lines.
pub fn width(line: &str) -> usize {
    line.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings() {
        assert_eq!(string("a"), r#""a""#);
        assert_eq!(string("it's"), r#""it's""#);
        assert_eq!(string("say \"x\""), r#"'say "x"'"#);
        assert_eq!(string("\"'"), r#""\"'""#);
        assert_eq!(string("a\\b\n\u{202e}\u{0}"), r#""a\\b\n\u202e\x00""#);
    }

    #[test]
    fn docstrings_cannot_be_left() {
        let lines = |text: &[&str]| text.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        assert_eq!(docstring(&lines(&["a \"\"\" b"]), 0), r#""""a \"\"\" b""""#);
        assert_eq!(docstring(&lines(&["ends in \""]), 0), r#""""ends in \"""""#);
        assert_eq!(docstring(&lines(&["a\\"]), 0), r#""""a\\""""#);
        assert_eq!(docstring(&lines(&["a", "", "b"]), 4), "\"\"\"a\n\n    b\n    \"\"\"");
    }

    #[test]
    fn long_lines_break_as_ruff_breaks_them() {
        let long = |count| vec!["\"0123456789\"".to_owned(); count];
        assert_eq!(call("x", &long(2)), "x(\"0123456789\", \"0123456789\")");
        assert!(
            call("    return xxxxxxxxxx", &long(5)).contains("(\n        \"0123456789\", \"0123456789\"")
        );
        assert!(call("    x", &long(9)).ends_with("\"0123456789\",\n    )"));
    }
}
