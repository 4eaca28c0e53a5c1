//! What the reader and the writer share: R's operators and names.
//!
//! The levels are those of the table of precedence in R's `gram.y`, low to high.

/// How tightly an operator binds.
pub type Level = u8;

/// `?`, which only ever stands outside everything else.
pub const HELP: Level = 1;
/// `=` as an assignment: in blocks, parentheses and bodies, not in arguments.
pub const EQUALS: Level = 2;
/// `<-`, `<<-`, `:=`; everything that can be an argument.
pub const ASSIGN: Level = 3;
const RIGHT_ASSIGN: Level = 4;
const TILDE: Level = 5;
const OR: Level = 6;
const AND: Level = 7;
const NOT: Level = 8;
const COMPARE: Level = 9;
const SUM: Level = 10;
const PRODUCT: Level = 11;
const SPECIAL: Level = 12;
const RANGE: Level = 13;
const SIGN: Level = 14;
const POWER: Level = 15;
/// Calls, `[`, `[[`, `$` and `@`.
pub const POSTFIX: Level = 18;

/// What several operators of a level in a row mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assoc {
    Left,
    Right,
    /// An error: `a < b < c`.
    Not,
}

/// An operator between two operands: its level, and how it joins others of that level.
pub fn infix(name: &str) -> Option<(Level, Assoc)> {
    Some(match name {
        "?" => (HELP, Assoc::Left),
        "=" => (EQUALS, Assoc::Right),
        "<-" | "<<-" | ":=" => (ASSIGN, Assoc::Right),
        "->" | "->>" => (RIGHT_ASSIGN, Assoc::Left),
        "~" => (TILDE, Assoc::Left),
        "|" | "||" => (OR, Assoc::Left),
        "&" | "&&" => (AND, Assoc::Left),
        "<" | "<=" | ">" | ">=" | "==" | "!=" => (COMPARE, Assoc::Not),
        "+" | "-" => (SUM, Assoc::Left),
        "*" | "/" => (PRODUCT, Assoc::Left),
        "|>" => (SPECIAL, Assoc::Left),
        ":" => (RANGE, Assoc::Left),
        "^" => (POWER, Assoc::Right),
        _ if is_special(name) => (SPECIAL, Assoc::Left),
        _ => return None,
    })
}

/// An operator before its operand: the lowest level of what it takes.
pub fn prefix(name: &str) -> Option<Level> {
    Some(match name {
        "-" | "+" => SIGN,
        "!" => NOT,
        "~" => TILDE + 1,
        "?" => EQUALS,
        _ => return None,
    })
}

/// Whether this is an operator like `%in%`, and can be written as one.
fn is_special(name: &str) -> bool {
    name.len() >= 2
        && name.starts_with('%')
        && name.ends_with('%')
        && !name[1..name.len() - 1].contains(|c: char| c == '%' || needs_escape(c))
}

/// Whether a name can be written without backticks.
pub fn is_plain(name: &str) -> bool {
    let bytes = name.as_bytes();
    let starts = match bytes {
        [b'.', second, ..] => !second.is_ascii_digit(),
        [first, ..] => first.is_ascii_alphabetic() || *first == b'.' || !first.is_ascii(),
        [] => false,
    };
    if !starts || is_reserved(name) {
        return false;
    }
    if name.is_ascii() {
        return bytes.iter().all(|&byte| continues_name(byte));
    }
    name.chars().enumerate().all(|(index, c)| match c {
        _ if c.is_ascii() => continues_name(c as u8),
        _ if index == 0 => c.is_alphabetic(),
        _ => c.is_alphanumeric(),
    })
}

/// Whether an ASCII character can stand inside a name.
pub fn continues_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_'
}

/// The words that R's grammar keeps for itself.
pub fn is_reserved(name: &str) -> bool {
    matches!(
        name,
        "NULL"
            | "NA"
            | "TRUE"
            | "FALSE"
            | "Inf"
            | "NaN"
            | "NA_integer_"
            | "NA_real_"
            | "NA_character_"
            | "NA_complex_"
            | "function"
            | "while"
            | "repeat"
            | "for"
            | "if"
            | "in"
            | "else"
            | "next"
            | "break"
    )
}

/// Characters that a reader cannot see, or that change the order of what a reader sees.
pub fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'
                ..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
}

/// How the types of vectors are written in `@integer(1L, 2L)`.
pub const KINDS: [(&str, crate::ir::Kind); 16] = {
    use crate::ir::Kind;
    [
        ("null", Kind::Null),
        ("logical", Kind::Logical),
        ("integer", Kind::Integer),
        ("double", Kind::Double),
        ("complex", Kind::Complex),
        ("character", Kind::Character),
        ("raw", Kind::Raw),
        ("list", Kind::List),
        ("pairlist", Kind::Pairlist),
        ("expression", Kind::Expression),
        ("language", Kind::Language),
        ("symbol", Kind::Symbol),
        ("function", Kind::Function),
        ("environment", Kind::Environment),
        ("s4", Kind::S4),
        ("other", Kind::Other),
    ]
};

/// How deeply a tree is followed on the stack of whoever calls; deeper ones get a stack of their own.
pub const SHALLOW: usize = 100;
