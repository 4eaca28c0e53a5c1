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
    "as_any",
    "as_ref",
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
    "column_names",
    "columns",
    "deref",
    "dim",
    "dimnames",
    "eq",
    "field",
    "fields",
    "fmt",
    "from",
    "from_r",
    "get",
    "global",
    "inherits",
    "into",
    "into_iter",
    "into_r",
    "into_value",
    "is_empty",
    "is_na",
    "is_null",
    "iter",
    "kind",
    "len",
    "levels",
    "names",
    "ncol",
    "nrow",
    "r",
    "raw",
    "row_names",
    "rows",
    "set",
    "set_attr",
    "set_names",
    "sexp",
    "to_global",
    "to_owned",
    "to_r",
    "to_string",
    "to_vec",
    "try_from",
    "try_into",
    "type_id",
    "type_name",
    "value",
    "values",
];

/// Names that the head of a generated Python module brings in, and the decorator that its classes use.
const PYTHON_MODULE: &[&str] = &["Any", "Literal", "TypeAlias", "annotations", "property"];

/// Attributes that `DataFrame` and `Record` have in Python, rpy2's names included; sorted. A test of the Python distribution compares
/// them with the classes.
const PYTHON_MEMBERS: &[&str] = &[
    "T",
    "append",
    "astype",
    "attr",
    "attributes",
    "cbind",
    "clear",
    "colnames",
    "columns",
    "copy",
    "count",
    "dim",
    "dimnames",
    "dims",
    "do_slot",
    "do_slot_assign",
    "dtype",
    "end",
    "extend",
    "flat",
    "frequency",
    "from_csvfile",
    "from_iterable",
    "from_length",
    "from_memoryview",
    "from_object",
    "get",
    "head",
    "index",
    "inherits",
    "insert",
    "is_na",
    "items",
    "iter_column",
    "iter_labels",
    "iter_row",
    "itersize",
    "keys",
    "levels",
    "list_attrs",
    "memoryview",
    "mro",
    "named",
    "names",
    "ncol",
    "ndim",
    "nlevels",
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
    "row_names",
    "rownames",
    "rsame",
    "rx",
    "rx2",
    "sexp",
    "shape",
    "size",
    "slots",
    "sort",
    "start",
    "summary",
    "tag",
    "tail",
    "time",
    "to_arrow",
    "to_csvfile",
    "to_list",
    "to_numpy",
    "to_pandas",
    "to_polars",
    "tolist",
    "transpose",
    "tsp",
    "typeof",
    "values",
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
