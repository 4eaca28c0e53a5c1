//! Names that a target language, or generated code itself, keeps for other things.

use super::Language;

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A value of a module: a function, a data set.
    Module,
    /// A class or an enumeration of a module.
    Type,
    /// An accessor of a data frame or a record.
    Member,
    /// A variant of an enumeration.
    Variant,
}

/// Whether the language cannot have `name` as an identifier.
pub fn is_keyword(name: &str, language: Language) -> bool {
    match language {
        Language::Rust => RUST_KEYWORDS.contains(&name),
        Language::Python => PYTHON_KEYWORDS.contains(&name),
    }
}

/// Whether `name` means something else at this place.
pub fn is_reserved(name: &str, place: Place, language: Language) -> bool {
    is_keyword(name, language)
        || match (place, language) {
            (Place::Type, Language::Rust) => RUST_TYPES.contains(&name),
            // A function of that name would hide a constructor of the prelude.
            (Place::Module, Language::Rust) => matches!(name, "Err" | "None" | "Ok" | "Some"),
            (Place::Member, Language::Rust) => RUST_MEMBERS.contains(&name),
            (Place::Module | Place::Type, Language::Python) => PYTHON_MODULE.contains(&name),
            (Place::Member, Language::Python) => {
                PYTHON_MEMBERS.contains(&name) || (name.starts_with("__") && name.ends_with("__"))
            }
            _ => false,
        }
}

/// The Rust Reference, "Keywords": strict and reserved, edition 2024.
const RUST_KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// The Python Language Reference, section 2.3.1.
const PYTHON_KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Types of the prelude, which code beside ours may mean.
const RUST_TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Methods that every R value has in Rust, of its wrapper or of a trait; sorted.
const RUST_MEMBERS: &[&str] = &[
    "as_list",
    "as_sexp",
    "as_slice",
    "as_value",
    "attr",
    "attributes",
    "borrow",
    "borrow_mut",
    "class",
    "clone",
    "clone_into",
    "cmp",
    "column",
    "columns",
    "deref",
    "describe",
    "dim",
    "dimnames",
    "eq",
    "field",
    "fields",
    "fmt",
    "from",
    "from_r",
    "get",
    "get_as",
    "get_named",
    "get_raw",
    "global",
    "identical",
    "inherits",
    "into",
    "into_iter",
    "into_r",
    "is_empty",
    "is_null",
    "iter",
    "kind",
    "len",
    "names",
    "ncol",
    "new",
    "nrow",
    "position",
    "r",
    "raw",
    "region",
    "row_names",
    "rows",
    "sexp",
    "sexptype",
    "to",
    "to_owned",
    "to_string",
    "to_vec",
    "try_as_slice",
    "try_from",
    "try_into",
    "type_id",
    "type_name",
];

/// Names that the head of a generated Python module brings in, and the decorator that its classes use.
const PYTHON_MODULE: &[&str] = &["Any", "Literal", "TypeAlias", "annotations", "property"];

/// Attributes that `DataFrame` and `Record` have in Python, rpy2's names and the exports to other libraries included; sorted. Not
/// more than needed: `time`, `start` and `size` are columns of many data sets.
const PYTHON_MEMBERS: &[&str] = &[
    "append",
    "cbind",
    "colnames",
    "count",
    "dim",
    "do_slot",
    "do_slot_assign",
    "extend",
    "from_csvfile",
    "from_iterable",
    "from_length",
    "from_memoryview",
    "from_object",
    "head",
    "index",
    "insert",
    "items",
    "iter_column",
    "iter_labels",
    "iter_row",
    "list_attrs",
    "memoryview",
    "named",
    "names",
    "ncol",
    "nrow",
    "pop",
    "property",
    "r_assign",
    "r_repr",
    "rbind",
    "rcall",
    "rclass",
    "remove",
    "repr_format_elt",
    "reverse",
    "rid",
    "rownames",
    "rsame",
    "rx",
    "rx2",
    "slots",
    "to_arrow",
    "to_csvfile",
    "to_numpy",
    "to_pandas",
    "to_polars",
    "typeof",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for table in [RUST_KEYWORDS, PYTHON_KEYWORDS, RUST_TYPES, RUST_MEMBERS, PYTHON_MODULE, PYTHON_MEMBERS]
        {
            assert!(table.is_sorted(), "{table:?}");
        }
    }
}
