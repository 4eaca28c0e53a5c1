//! What the words of help pages stand for in R.

use crate::ir::types::{Atomic, Term, Type};

/// What kind of thing a noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    /// `vector`, `sequence`: of what the words around it say.
    Vector,
    /// `scalar`: one element of what the words around it say.
    Scalar,
    /// A vector's kind: `numeric`, `integers`, `string`, `flag`.
    Atomic(Atomic),
    /// A quantity, which is a number: `tolerance`, `probability`. Weaker than `number`.
    Quantity,
    /// What is named by a string: `name`, `title`, `path`. Weaker than `string`.
    Text,
    /// A GLM's family: an object, a function that makes one, or its name.
    Family,
    /// What has been measured, a number for each case: `response`.
    Measured,
    /// What `[` takes: numbers, names or a logical vector; most often numbers.
    Indices,
    /// Strings or numbers: `colour`.
    Colour,
    /// `matrix`.
    Matrix,
    /// `array`.
    Array,
    /// An object of one of R's own classes.
    Class(&'static str),
    /// `list`.
    List,
    /// `function`.
    Function,
    /// `environment`.
    Environment,
    /// `expression`, `call`.
    Code,
    /// `object`: of what the words around it say.
    Object,
    /// A name for something of any type: `value`, `data`, `result`.
    Vague,
}

/// The noun, and whether it is plural.
pub fn noun(word: &str) -> Option<(Noun, bool)> {
    singular(word).map(|noun| (noun, false)).or_else(|| plural(word).map(|noun| (noun, true)))
}

fn singular(word: &str) -> Option<Noun> {
    use Noun::*;
    Some(match word {
        "vector" | "sequence" | "set" | "collection" | "pair" | "subset" => Vector,
        "scalar" => Scalar,
        "numeric" | "number" | "real" | "double" | "integer" | "float" | "int" => {
            Atomic(self::Atomic::Double)
        }
        "logical" | "boolean" | "bool" | "flag" => Atomic(self::Atomic::Logical),
        "string" | "character" => Atomic(self::Atomic::Character),
        "complex" => Atomic(self::Atomic::Complex),
        "raw" => Atomic(self::Atomic::Raw),
        "matrix" => Matrix,
        "array" => Array,
        "data.frame" | "dataframe" | "data-frame" => Class("data.frame"),
        "tibble" => Class("tbl_df"),
        "formula" => Class("formula"),
        "family" => Family,
        "index" => Indices,
        "coordinate" | "range" => Measured,
        "connection" => Class("connection"),
        "table" => Class("table"),
        "date" => Class("Date"),
        "dendrogram" => Class("dendrogram"),
        "factor" => Class("factor"),
        "list" => List,
        "function" => Function,
        "environment" => Environment,
        "expression" | "call" => Code,
        "object" => Object,
        "name" | "title" | "label" | "filename" | "path" | "directory" | "folder" | "prefix" | "suffix"
        | "separator" | "url" | "text" | "format" | "pattern" | "encoding" | "filepath" | "pathname"
        | "extension" | "header" | "delimiter" | "locale" | "keyword" | "file" | "dirname" | "subtitle" => {
            Text
        }
        "colour" | "color" => Colour,
        "tolerance" | "proportion" | "probability" | "fraction" | "level" | "limit" | "threshold"
        | "maximum" | "minimum" | "size" | "width" | "height" | "degree" | "order" | "power" | "exponent"
        | "seed" | "rate" | "count" | "constant" | "multiplier" | "multiple" | "ratio" | "angle"
        | "bandwidth" | "dimension" | "radius" | "percentage" | "percent" | "variance" | "deviation"
        | "cutoff" | "bound" | "digits" | "frequency" | "magnification" | "thickness" | "precision"
        | "accuracy" | "amount" | "upper" | "lower" | "iterations" | "length" | "depth" | "weight"
        | "step" | "margin" | "year" | "month" | "day" | "hour" | "time" | "lag" | "rank" | "mean"
        | "median" | "quantile" | "parameter" | "coefficient" | "intercept" | "slope" | "temperature"
        | "cut-off" | "period" | "freedom" | "correlation" | "error" | "likelihood" | "log-likelihood"
        | "p-value" | "area" | "distance" | "duration" | "timeout" | "entropy" | "integral" | "sum"
        | "density" => Quantity,
        "response" | "outcome" | "covariate" => Measured,
        "value" | "data" | "result" | "variable" | "argument" | "input" | "output" => Vague,
        _ => return None,
    })
}

fn plural(word: &str) -> Option<Noun> {
    use Noun::*;
    Some(match word {
        "vectors" => Vector,
        "scalars" => Vector,
        "numerics" | "numbers" | "reals" | "integers" | "doubles" | "ints" => Atomic(self::Atomic::Double),
        "logicals" | "booleans" | "flags" => Atomic(self::Atomic::Logical),
        "strings" | "characters" => Atomic(self::Atomic::Character),
        "matrices" => Matrix,
        "arrays" => Array,
        "data.frames" | "dataframes" => Class("data.frame"),
        "indices" | "indexes" => Indices,
        "coordinates" | "predictions" => Measured,
        "formulas" | "formulae" => Class("formula"),
        "connections" => Class("connection"),
        "tables" => Class("table"),
        "dates" => Class("Date"),
        "factors" => Class("factor"),
        "lists" => List,
        "functions" => Function,
        "environments" => Environment,
        "expressions" | "calls" => Code,
        "objects" => Object,
        "names" | "titles" | "labels" | "filenames" | "paths" | "directories" | "folders" | "prefixes"
        | "suffixes" | "words" | "patterns" | "urls" | "packages" | "identifiers" | "keywords" => Text,
        "colours" | "colors" => Colour,
        "tolerances" | "proportions" | "probabilities" | "fractions" | "limits" | "thresholds" | "sizes"
        | "widths" | "heights" | "degrees" | "orders" | "powers" | "exponents" | "seeds" | "rates"
        | "counts" | "constants" | "multipliers" | "multiples" | "ratios" | "angles" | "bandwidths"
        | "dimensions" | "radii" | "percentages" | "variances" | "deviations" | "cutoffs" | "bounds"
        | "frequencies" | "amounts" | "lengths" | "weights" | "steps" | "margins" | "means" | "quantiles"
        | "coefficients" | "observations" | "breakpoints" | "knots" | "residuals" | "distances"
        | "p-values" | "percentiles" | "ages" | "scores" | "ranks" | "lags" | "correlations"
        | "estimates" | "errors" | "densities" | "eigenvalues" | "positions" | "times" | "points" => Quantity,
        "values" => Measured,
        "parameters" | "responses" | "variables" | "arguments" | "results" | "elements" | "items"
        | "entries" => Vague,
        _ => return None,
    })
}

/// The kind of vector that an adjective says: `numeric vector`, `positive integer`.
pub fn adjective(word: &str) -> Option<Atomic> {
    Some(match word {
        "numeric" | "numerical" | "real" | "double" | "integer" | "real-valued" | "integer-valued"
        | "numeric-valued" | "nonnegative" | "non-negative" | "positive" | "negative" | "continuous" => {
            Atomic::Double
        }
        "logical" | "boolean" | "true/false" | "logic" | "bool" => Atomic::Logical,
        "character" | "string" | "char" | "character-string" => Atomic::Character,
        "complex" => Atomic::Complex,
        "raw" => Atomic::Raw,
        _ => return None,
    })
}

/// Words that end a noun phrase: what follows belongs to something else.
pub fn ends_phrase(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "to"
            | "for"
            | "by"
            | "with"
            | "without"
            | "from"
            | "on"
            | "at"
            | "as"
            | "into"
            | "over"
            | "under"
            | "between"
            | "within"
            | "than"
            | "via"
            | "per"
            | "about"
            | "above"
            | "below"
            | "after"
            | "before"
            | "during"
            | "is"
            | "are"
            | "be"
            | "was"
            | "were"
            | "can"
            | "may"
            | "must"
            | "should"
            | "will"
            | "has"
            | "have"
            | "which"
            | "that"
            | "whose"
            | "who"
            | "where"
            | "when"
            | "if"
            | "and"
            | "or"
            | "but"
            | "not"
            | "containing"
            | "giving"
            | "specifying"
            | "indicating"
            | "describing"
            | "representing"
            | "defining"
            | "determining"
            | "controlling"
            | "determines"
            | "specifies"
            | "indicates"
            | "gives"
            | "contains"
            | "describes"
            | "defines"
            | "inheriting"
            | "returning"
            | "holding"
            | "naming"
            | "identifying"
            | "consisting"
            | "taking"
            | "using"
            | "it"
            | "so"
            | "you"
            | "we"
            | "they"
            | "this"
            | "then"
            | "else"
            | "otherwise"
            | "unless"
            | "while"
            | "because"
            | "since"
            | "until"
            | "like"
            | "such"
            | "does"
            | "do"
            | "only"
            | "showing"
            | "corresponding"
            | "supplying"
            | "coercible"
            | "listing"
            | "against"
            | "denoting"
            | "due"
            | "across"
            | "there"
            | "what"
            | "how"
            | "whether"
    )
}

/// Participles: they end a noun phrase, but may begin it: `fitted model object`, `object fitted by`.
pub fn participle(word: &str) -> bool {
    matches!(
        word,
        "returned"
            | "produced"
            | "created"
            | "used"
            | "computed"
            | "obtained"
            | "fitted"
            | "given"
            | "generated"
            | "passed"
            | "supplied"
            | "applied"
            | "required"
            | "needed"
            | "wanted"
            | "coerced"
    )
}

/// Words before a noun that say nothing about its type.
pub fn opens_phrase(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "any"
            | "some"
            | "either"
            | "both"
            | "optional"
            | "optionally"
            | "also"
            | "possibly"
            | "usually"
            | "typically"
            | "currently"
            | "generally"
            | "just"
            | "simply"
            | "here"
            | "another"
            | "other"
            | "each"
            | "every"
            | "its"
            | "their"
            | "your"
            | "all"
            | "required"
            | "mandatory"
            | "ordinarily"
            | "normally"
            | "often"
            | "perhaps"
            | "this"
            | "else"
            | "only"
            | "alternatively"
            | "finally"
            | "basically"
            | "essentially"
            | "two"
            | "three"
            | "more"
            | "invisible"
            | "invisibly"
            | "returns"
            | "return"
            | "returned"
            | "e.g"
            | "i.e"
            | "instead"
            | "even"
    )
}

/// The term for a plain noun, `many` or one.
pub fn vector(atomic: Atomic, many: bool) -> Type {
    if many { Type::vector(atomic) } else { Type::scalar(atomic) }
}

/// A class, with R's own that are no classes in the notation put as what they are.
pub fn class(name: &str) -> Term {
    match name {
        "matrix" => Term::Matrix(None),
        "function" => Term::Function(None),
        "environment" => Term::Environment,
        "list" => Term::List(Box::new(Type::Any)),
        "expression" | "call" | "name" | "language" | "symbol" => Term::Code,
        "numeric" | "double" => many(Atomic::Double),
        "integer" => many(Atomic::Integer),
        "character" => many(Atomic::Character),
        "logical" => many(Atomic::Logical),
        "complex" => many(Atomic::Complex),
        "raw" => many(Atomic::Raw),
        "NULL" => Term::Null,
        _ => Term::class(name),
    }
}

fn many(atomic: Atomic) -> Term {
    Term::Vector(crate::ir::types::Vector::many(atomic))
}

/// Whether code or a quoted word could be the name of a class.
pub fn class_like(name: &str) -> bool {
    name.len() > 1
        && name.starts_with(|c: char| c.is_alphabetic() || c == '.')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'))
        && !matches!(name, "TRUE" | "FALSE" | "NULL" | "NA" | "NaN" | "Inf" | "class" | "type" | "x")
}
