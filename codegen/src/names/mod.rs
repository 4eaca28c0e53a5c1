//! How names come about.
//!
//! R's names become names of the target language by fixed rules; the R name stays in the generated code as a literal, so nothing
//! has to be undone at run time.
//!
//! ```text
//! value   := operator | identifier                  functions, data sets, columns, modules
//! identifier := Unicode's form NFKC, without characters that nobody sees
//!               each '.' -> '_'
//!               a run of other characters that no identifier has -> one '_' ('' at either end)
//!               a leading '.' -> "dot_"
//!               a leading digit or '_' -> a leading 'n'
//!               a keyword of the target language -> a trailing '_'
//! operator := a name without letter or digit -> "op_" + its code points
//!
//! state.x77      state_x77            .hidden        dot_hidden
//! Sepal.Length   Sepal_Length         2nd            n2nd
//! GNP deflator   GNP_deflator         class          class (Rust), class_ (Python)
//! height (cm)    height_cm            type           type_ (Rust), type (Python)
//! %              op_25                Größe          Größe
//!
//! type    := UpperCamelCase of the words of all parts  classes, enumerations
//!
//! mtcars             Mtcars           Harman74.cor   Harman74Cor
//! iris + Species     IrisSpecies      2nd            N2nd
//! Orange             Orange_          (the data set itself has the name Orange)
//!
//! variant := UpperCamelCase of the words of a level
//!            '+' Plus  '<' Lt  '>' Gt  '=' Eq  '%' Percent  '&' And
//!            '-' before the first digit -> Minus
//!            other characters between two digits -> '_'
//!            a leading digit -> a leading 'N';  nothing left -> Empty, or 'U' + code points
//!
//! New England   NewEngland            75+            N75Plus
//! 25-34         N25_34                <=30           LtEq30
//! 0-39g/day     N0_39gDay             ""             Empty
//! ```
//!
//! A name that is taken gets a trailing `_` and a warning: see [`Scope`]. One that is spelt in R as it is spelt in the
//! target language is never moved by another.

mod reserved;
mod scope;

use heck::ToUpperCamelCase;
use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization;

use crate::ir::text::is_invisible;

pub use reserved::Place;
pub use scope::{Claim, Scope};

/// A target language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Rust.
    Rust,
    /// Python.
    Python,
}

impl Language {
    /// Its name, as messages write it.
    pub fn name(self) -> &'static str {
        match self {
            Language::Rust => "Rust",
            Language::Python => "Python",
        }
    }
}

/// The name of a function, data set, column or module; see the grammar above.
pub fn value(name: &str, language: Language) -> String {
    // Python compares names in this form (the Language Reference, section 2.3); Rust compares them as NFC and warns of what is not
    // NFKC (the lint `uncommon_codepoints`).
    let normal: String = name.nfkc().collect();
    let out = identifier(&normal);
    if reserved::is_keyword(&out, language) { out + "_" } else { out }
}

/// Whether a name keeps `c`: what an identifier may have and a reader can see.
fn is_part(c: char) -> bool {
    is_xid_continue(c)
        && !is_invisible(c)
        && !matches!(c, '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn identifier(name: &str) -> String {
    if !name.chars().any(|c| c.is_alphanumeric() && is_part(c)) {
        let points: Vec<String> = name.chars().map(|c| format!("{:x}", u32::from(c))).collect();
        return format!("op_{}", points.join("_"));
    }
    let (mut out, rest) = match name.strip_prefix('.') {
        Some(rest) => ("dot_".to_owned(), rest),
        None => (String::new(), name),
    };
    let start = out.len();
    let mut gap = false;
    for c in rest.chars() {
        if c == '.' || is_part(c) {
            if std::mem::take(&mut gap) && out.len() > start && !out.ends_with('_') && c != '.' && c != '_' {
                out.push('_');
            }
            out.push(if c == '.' { '_' } else { c });
        } else {
            gap = true;
        }
    }
    if !out.starts_with(is_xid_start) {
        out.insert(0, 'n');
    }
    out
}

/// The name of a class or an enumeration that is made from these parts.
pub fn type_name(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        let spaced: String = part.nfkc().map(|c| if is_part(c) { c } else { ' ' }).collect();
        out += &spaced.to_upper_camel_case();
    }
    // Other case may mean other characters.
    out = out.nfkc().collect();
    if out.is_empty() {
        let points = parts.iter().flat_map(|part| part.chars()).map(|c| format!("{:X}", u32::from(c)));
        return format!("Op{}", points.collect::<String>());
    }
    if !out.starts_with(is_xid_start) {
        out.insert(0, 'N');
    }
    out
}

/// The name of the variant for a level of a factor.
pub fn variant(level: &str) -> String {
    if level.is_empty() {
        return "Empty".to_owned();
    }
    let characters: Vec<char> = level.nfkc().collect();
    let mut words = String::new();
    let mut between = false;
    for (index, &c) in characters.iter().enumerate() {
        let spelt = match c {
            '+' => "Plus",
            '<' => "Lt",
            '>' => "Gt",
            '=' => "Eq",
            '%' => "Percent",
            '&' => "And",
            '-' if words.is_empty() && characters.get(index + 1).is_some_and(char::is_ascii_digit) => "Minus",
            _ if is_part(c) && c != '_' => {
                // heck drops the separators: those between digits are marked and put back.
                if std::mem::take(&mut between) {
                    let digits = words.ends_with(|last: char| last.is_numeric()) && c.is_numeric();
                    words.push_str(if digits { DIGITS } else { " " });
                }
                words.push(c);
                continue;
            }
            _ => {
                between = true;
                continue;
            }
        };
        between = false;
        words.push(' ');
        words.push_str(spelt);
        words.push(' ');
    }
    let mut out =
        words.split(DIGITS).map(ToUpperCamelCase::to_upper_camel_case).collect::<Vec<_>>().join("_");
    out = out.nfkc().collect();
    if out.is_empty() {
        let points: Vec<String> = characters.iter().map(|&c| format!("{:X}", u32::from(c))).collect();
        return format!("U{}", points.join("_"));
    }
    if !out.starts_with(is_xid_start) {
        out.insert(0, 'N');
    }
    // The one keyword in UpperCamelCase.
    if out == "Self" { out + "_" } else { out }
}

/// Stands for the separators between two digits; no identifier character, so it cannot come from a level.
const DIGITS: &str = "\u{1}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        for (r, rust, python) in [
            ("mtcars", "mtcars", "mtcars"),
            ("state.x77", "state_x77", "state_x77"),
            ("Sepal.Length", "Sepal_Length", "Sepal_Length"),
            ("Harman74.cor", "Harman74_cor", "Harman74_cor"),
            ("GNP deflator", "GNP_deflator", "GNP_deflator"),
            ("Agric. Output", "Agric_Output", "Agric_Output"),
            ("height (cm)", "height_cm", "height_cm"),
            (".hidden", "dot_hidden", "dot_hidden"),
            (".1", "dot_1", "dot_1"),
            ("2nd", "n2nd", "n2nd"),
            ("_x", "n_x", "n_x"),
            ("type", "type_", "type"),
            ("class", "class", "class_"),
            ("self", "self_", "self"),
            ("None", "None", "None_"),
            ("%", "op_25", "op_25"),
            ("", "op_", "op_"),
            ("_", "op_5f", "op_5f"),
            ("Größe", "Größe", "Größe"),
            ("a\u{202e}b", "a_b", "a_b"),
            ("a\"\"\"b\n*/", "a_b", "a_b"),
            ("{{ x }}", "x", "x"),
            ("e\u{301}", "\u{e9}", "\u{e9}"),
            ("\u{fb01}t", "fit", "fit"),
            ("a\u{3164}b", "a_b", "a_b"),
            ("a\u{fe0f}", "a", "a"),
        ] {
            assert_eq!(value(r, Language::Rust), rust, "{r:?}");
            assert_eq!(value(r, Language::Python), python, "{r:?}");
        }
    }

    #[test]
    fn types() {
        for (parts, expected) in [
            (&["mtcars"][..], "Mtcars"),
            (&["iris", "Species"], "IrisSpecies"),
            (&["Harman74.cor"], "Harman74Cor"),
            (&["state.x77"], "StateX77"),
            (&["2nd"], "N2nd"),
            (&["my_data", "a b"], "MyDataAB"),
            (&["%"], "Op25"),
            (&["\"; drop"], "Drop"),
        ] {
            assert_eq!(type_name(parts), expected);
        }
    }

    #[test]
    fn variants() {
        for (level, expected) in [
            ("setosa", "Setosa"),
            ("New England", "NewEngland"),
            ("VC", "Vc"),
            ("25-34", "N25_34"),
            ("75+", "N75Plus"),
            ("0-39g/day", "N0_39gDay"),
            ("0-5yrs", "N0_5yrs"),
            ("<=30", "LtEq30"),
            (">50%", "Gt50Percent"),
            ("a&b", "AAndB"),
            ("-1", "Minus1"),
            ("0.5", "N0_5"),
            ("1 - 2", "N1_2"),
            ("", "Empty"),
            ("***", "U2A_2A_2A"),
            ("self", "Self_"),
            ("Ωmega", "Ωmega"),
            ("\u{202e}x", "X"),
        ] {
            assert_eq!(variant(level), expected, "{level:?}");
        }
    }

    #[test]
    fn every_name_is_an_identifier() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let alphabet: Vec<char> = "aB9._ -+%<\"'\\\n{}*/é\u{202e}µ日~$self".chars().collect();
        for _ in 0..20_000 {
            let length = next() % 7;
            let name: String = (0..length).map(|_| alphabet[next() as usize % alphabet.len()]).collect();
            for made in [value(&name, Language::Rust), type_name(&[&name, &name]), variant(&name)] {
                assert!(syn::parse_str::<syn::Ident>(&made).is_ok(), "{name:?} became {made:?}");
            }
        }
    }
}
