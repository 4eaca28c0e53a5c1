//! Help text and what it says, in the notation of types. A word in backticks stands for `\code`.

use super::{argument, value};
use crate::ir::code::Expr;
use crate::ir::text::{Block, Inline};
use crate::ir::{Argument, Page};

/// Text with `code` in backticks.
fn text(said: &str) -> Vec<Block> {
    let inlines = said.split('`').enumerate().filter(|(_, part)| !part.is_empty()).map(|(index, part)| {
        if index % 2 == 1 { Inline::Code(part.to_owned()) } else { Inline::Text(part.to_owned()) }
    });
    vec![Block::Text(inlines.collect())]
}

fn item(names: &[&str], said: &str) -> Argument {
    Argument { names: names.iter().map(|name| (*name).to_owned()).collect(), text: text(said) }
}

/// The type that is said about the argument `x`; `-` where none is, `?` behind it where NULL is taken.
fn says(said: &str) -> String {
    let said = argument("x", &item(&["x"], said), None);
    let ty = said.ty.map_or("-".to_owned(), |ty| ty.to_string());
    if said.nullable { format!("{ty} ?") } else { ty }
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    for (said, ty) in rows {
        assert_eq!(says(said), *ty, "{said}");
    }
}

#[test]
fn vectors_and_scalars() {
    table(&[
        ("a numeric vector", "double[]"),
        ("numeric vector of length 2, containing the bandwidth", "double[]"),
        ("integer (valued) vector.", "double[]"),
        ("a vector of weights, one for each case", "double[]"),
        ("character vector giving the names of the columns.", "character[]"),
        ("vector containing the names of the packages", "character[]"),
        ("vector of TRUE/FALSE values", "logical[]"),
        ("a character string specifying the method", "character"),
        ("A single number.", "double"),
        ("integer, the number of clusters.", "double"),
        ("the number of samples required", "double"),
        ("positive integer specifying the number of starts", "double"),
        ("a scalar or vector of constants", "double[]"),
        ("numeric or character vector", "double[] | character[]"),
        ("convergence tolerance", "double"),
        ("maximum number of iterations", "double"),
        ("the degrees of freedom", "double"),
        ("the quantile(s) to be estimated", "double[]"),
        ("the name of the file", "character"),
    ]);
}

#[test]
fn flags() {
    table(&[
        ("logical; if TRUE, the result is sorted", "logical"),
        ("Logical. Should profiling be traced?", "logical"),
        ("should the design matrix be returned?", "logical"),
        ("a logical value indicating whether NA values should be stripped", "logical"),
        ("if `TRUE`, a vector or matrix is returned", "logical"),
        ("whether to print progress", "logical"),
        ("`TRUE` or `FALSE`", "logical"),
        ("logical vector of the same length as `y`", "logical[]"),
        ("logical or integer; how much is printed", "logical | double"),
    ]);
}

#[test]
fn objects() {
    table(&[
        ("an object of class `\"lm\"`", "class<`lm`>"),
        ("Fitted model object of class `\"negbin\"`, inheriting from class `\"glm\"`.", "class<`negbin`>"),
        ("an object inheriting from class `lme`.", "class<`lme`>"),
        (
            "a \u{201c}roc\u{201d} object from the roc function, or a \u{201c}smooth.roc\u{201d} object",
            "class<`roc`> | class<`smooth.roc`>",
        ),
        ("object of class rq or rqs", "class<`rq`> | class<`rqs`>"),
        ("a data frame", "class<`data.frame`>"),
        ("an optional data frame, list or environment", "class<`data.frame`> | list<any> | env"),
        ("a matrix or data frame", "class<`matrix`> | class<`data.frame`>"),
        ("a formula or a list of formulae", "class<`formula`> | list<any>"),
        ("a function to be applied", "class<`function`>"),
        ("a function, or the name of a function", "character | class<`function`>"),
        ("a connection or a character string naming a file", "character | class<`connection`>"),
        ("a factor specifying the class of each observation", "class<`factor`>"),
        ("the name of class \"family\"", "class<`family`>"),
        ("an environment", "env"),
    ]);
}

#[test]
fn what_says_nothing() {
    table(&[
        ("any R object", "-"),
        ("a fitted model object", "-"),
        ("a formula or a fitted model object", "-"),
        ("further arguments passed to `f`", "-"),
        ("see `plot`", "-"),
        ("The function is generic, accepting various forms", "-"),
        ("All functions are generic. `x` is the object to dispatch on", "-"),
    ]);
}

#[test]
fn more_than_the_first_words() {
    table(&[
        ("a character vector or NULL", "character[] ?"),
        ("NULL (default) or a vector of integer indices", "double[] ?"),
        ("a matrix. Can also be a list.", "class<`matrix`> | list<any>"),
        ("the columns. If numeric, their positions; if character, their names", "double[] | character[]"),
        ("the response: a numeric vector", "double[]"),
        ("For the `formula` method, an optional data frame", "class<`data.frame`>"),
        ("Input vector. Either a character vector, or something coercible to one.", "character[]"),
        ("not NULL", "-"),
    ]);
}

#[test]
fn defaults_settle_what_words_leave_open() {
    let said = |text: &str, default: &Expr| {
        argument("x", &item(&["x"], text), Some(default)).ty.map(|ty| ty.to_string())
    };
    let number = Expr::Double(Some(1.0));
    let string = Expr::String(Some("a".into()));
    assert_eq!(said("numeric", &number).as_deref(), Some("double"));
    assert_eq!(said("a numeric vector", &number).as_deref(), Some("double[]"));
    assert_eq!(said("the kernel function", &string), None);
    assert_eq!(said("should the first or the second be used?", &string), None);
    assert!(argument("x", &item(&["x"], "a number"), Some(&Expr::Null)).nullable);
}

#[test]
fn several_names_share_their_words() {
    let said = argument(
        "x",
        &item(&["x", "y"], "logicals indicating what to keep"),
        Some(&Expr::Logical(Some(true))),
    );
    assert_eq!(said.ty.unwrap().to_string(), "logical");
    assert_eq!(argument("x", &item(&["x", "y"], "formula and data to be used"), None).ty, None);
}

#[test]
fn choices_are_listed() {
    let choices = |said: &str| argument("x", &item(&["x"], said), None).choices;
    assert_eq!(choices("one of `\"a\"`, `\"b\"` or `\"c\"`"), ["a", "b", "c"]);
    assert_eq!(
        choices("a string, must be either \"two.sided\" (the default) or \"less\""),
        ["two.sided", "less"]
    );
    assert!(choices("a name such as `\"a\"` or `\"b\"`").is_empty());
    assert!(choices("either `\"a\"`, `\"b\"` or a function").is_empty());
}

#[test]
fn references_to_other_functions() {
    assert_eq!(argument("x", &item(&["x"], "arguments passed to `barplot()`"), None).like, ["barplot"]);
    assert_eq!(argument("x", &item(&["x"], "as for `summary.glm`."), None).like, ["summary.glm"]);
}

fn page(names: &[&str], said: &str) -> Page {
    Page {
        topic: names[0].to_owned(),
        aliases: names.iter().map(|name| (*name).to_owned()).collect(),
        usage: names.iter().map(|name| format!("{name}(x)\n")).collect(),
        arguments: vec![item(&["x"], "an object")],
        value: text(said),
        ..Page::default()
    }
}

#[test]
fn results() {
    for (said, ty) in [
        ("a numeric vector", "double[]"),
        ("A list with components", "list<any>"),
        ("An object of class `\"lda\"` containing the following components:", "class<`lda`>"),
        ("Returns an object of class \"fit\" inheriting from \"lm\".", "class<`fit`>"),
        ("A list of length 2 and class \"fit\" and \"lm\"", "class<`fit`, `lm`>"),
        ("`TRUE` if it is one, `FALSE` otherwise.", "logical"),
        ("The function returns a data frame with columns `a` and `b`.", "class<`data.frame`>"),
        ("a real m by n matrix", "class<`matrix`>"),
        (
            "either a data frame or, when a single level is requested, a factor",
            "class<`data.frame`> | class<`factor`>",
        ),
        ("A list, inheriting from class `fit`.", "class<`fit`>"),
    ] {
        assert_eq!(
            value("f", &page(&["f"], said)).whole.ty.map(|ty| ty.to_string()).as_deref(),
            Some(ty),
            "{said}"
        );
    }
}

#[test]
fn no_result() {
    for said in
        ["None", "`NULL`, invisibly.", "No return value, called for side effects", "Invisible `NULL`."]
    {
        let said = value("f", &page(&["f"], said));
        assert!(said.nothing && said.whole.ty.is_none());
    }
}

#[test]
fn results_like_an_argument() {
    let same = |said: &str| value("f", &page(&["f"], said)).same_as;
    assert_eq!(same("`x`, invisibly").as_deref(), Some("x"));
    assert_eq!(same("an object of the same class as `x`").as_deref(), Some("x"));
    assert_eq!(same("These functions return the object they were passed invisibly.").as_deref(), Some(""));
    assert_eq!(same("a vector of the same length as `x`"), None);
}

#[test]
fn each_function_has_its_sentence() {
    let page = page(
        &["f", "g", "h"],
        "`f` returns a data frame, and `g` returns a matrix. The rows are sorted. `h` gives a list.",
    );
    let said = |name| value(name, &page).whole.ty.map(|ty| ty.to_string());
    assert_eq!(said("f").as_deref(), Some("class<`data.frame`>"));
    assert_eq!(said("g").as_deref(), Some("class<`matrix`>"));
    assert_eq!(said("h").as_deref(), Some("list<any>"));
    assert!(value("f<-", &page).whole.ty.is_none());
}
