//! How code looks when it is written.

use super::super::{Arg, Call, Expr, Vector, deparse, one_line, parse};
use super::{call, call_of, name, number, string, symbol};
use crate::ir::Kind;

#[track_caller]
fn writes(tree: &Expr, expected: &str) {
    assert_eq!(deparse(tree), expected);
    assert_eq!(&parse(expected).unwrap(), tree);
}

/// Code that comes back as it was.
#[test]
fn code_keeps_its_form() {
    let texts = [
        "x <- y",
        "f(a, b = 2, ...)",
        "x[1, , drop = FALSE]",
        "x[[\"a\"]]$b@c",
        "p::f(x)",
        "a/b + c * d - e^2 + 1:n + a%%b + a %in% b",
        "-a + !b",
        "y ~ x | z",
        "~x",
        "(a + b) * c",
        "DT[, x := y]",
        "function(x, y = c(\"a\", \"b\"), ...) NULL",
        "if (a) b else c",
        "x <- function(a) for (i in x) print(i)",
        "`my f`(`a b` = 1, `if` = 2)",
        "switch(x, a = , b = 1)",
        "c(1L, 0.1, 1e-10, 100000, 1e+20, 2i)".trim(),
        "\"tab\\t line\\n quote\\\" back\\\\ mark\\u{200e} é\"",
        "`new\\nline`",
        "{}",
        "\
function(x, n) {
    y <- -1
    if (is.null(x))
        return(NULL)
    if (n > 1)
        y
    else x
    for (i in seq_len(n)) {
        if (i == 2) {
            next
        } else {
            break
        }
    }
    f(x, function(z) {
        z
    }, if (a) b)
    repeat x
}",
        "\
stop(\"this message is long enough for the line to end after it: \",
    x, \" and \", y)",
        "\
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb +
    c",
    ];
    for text in texts {
        let text = text.replace("1e+20", "1e20");
        assert_eq!(deparse(&parse(&text).unwrap()), text);
    }
}

/// What R reads as the same is written in one way.
#[test]
fn code_in_its_usual_form() {
    let rows = [
        ("f( a,b=2 )", "f(a, b = 2)"),
        ("x |> f(y)", "f(x, y)"),
        ("\\(x) x", "function(x) x"),
        ("5 -> x", "x <- 5"),
        ("`f`(x)", "f(x)"),
        ("'f'(x)", "f(x)"),
        ("`+`(a, b)", "a + b"),
        ("`[`(x, 1)", "x[1]"),
        ("a ** b", "a^b"),
        ("?a", "`?`(a)"),
        ("0x10L", "16L"),
        ("{a;b}", "{\n    a\n    b\n}"),
    ];
    for (text, expected) in rows {
        assert_eq!(deparse(&parse(text).unwrap()), expected);
    }
}

/// Trees that R's own `deparse()` writes as if they were others.
#[test]
fn trees_that_no_code_makes() {
    let (a, b, c) = (|| symbol("a"), || symbol("b"), || symbol("c"));
    let sum = || call("+", [a(), b()]);
    writes(&call("*", [sum(), c()]), "`+`(a, b) * c");
    writes(&call("*", [c(), sum()]), "c * `+`(a, b)");
    writes(&call("-", [a(), call("-", [b(), c()])]), "a - `-`(b, c)");
    writes(&call("==", [call("!", [a()]), b()]), "`!`(a) == b");
    writes(&call("^", [call("-", [a()]), b()]), "`-`(a)^b");
    writes(&call("+", [call("if", [a(), b()]), c()]), "`if`(a, b) + c");
    writes(&call("if", [a(), call("if", [b(), c()]), c()]), "if (a) `if`(b, c) else c");
    writes(&call("f", [call("=", [a(), b()])]), "f(`=`(a, b))");
    writes(&call("+", [a(), b(), c()]), "`+`(a, b, c)");
    writes(&call("if", [a()]), "`if`(a)");
    writes(&call("(", [a(), b()]), "`(`(a, b)");
    writes(&call("[", [a()]), "`[`(a)");
    writes(&call("$", [a(), sum()]), "`$`(a, a + b)");
    writes(&call("for", [number(1.0), a(), b()]), "`for`(1, a, b)");
    writes(&call("%a\n%", [a(), b()]), "`%a\\n%`(a, b)");
    writes(&call_of(string("f"), [a()]), "@(\"f\")(a)");
    writes(&call_of(parse("function(x) x").unwrap(), [a()]), "@(function(x) x)(a)");
    writes(&call("f", [number(-5.0), Expr::Integer(Some(-5))]), "f(@-5, @-5L)");
    writes(&call("-", [number(-5.0)]), "-@-5");
    writes(&call("f", [Expr::Complex(Some((1.0, -0.0)))]), "f(@1-0i)");
    writes(
        &call("f", [Expr::Opaque(name("environment")), Expr::Opaque(name("a b"))]),
        "f(@<environment>, @<\"a b\">)",
    );
    writes(&call("f", [symbol("<environment>"), symbol("")]), "f(`<environment>`, ``)");
    let empty = Arg { name: None, value: None };
    writes(&Expr::Call(Box::new(Call { callee: symbol("f"), args: vec![empty] })), "f(@missing)");
}

#[test]
fn vectors() {
    let vector = |length, names: Option<&[&str]>, class: &[&str]| {
        let names = names.map(|names| names.iter().copied().map(name).collect());
        let class = class.iter().copied().map(name).collect();
        let elements = vec![Expr::Integer(Some(1)), Expr::Integer(Some(-2))];
        Expr::Vector(Box::new(Vector { kind: Kind::Integer, elements, names, class, length }))
    };
    writes(&vector(2, None, &[]), "@integer(1L, @-2L)");
    writes(&vector(2, Some(&["a", ""]), &[]), "@integer(a = 1L, `` = @-2L)");
    writes(
        &vector(900, Some(&["a"]), &["x", "y"]),
        "@integer<class \"x\", \"y\"; names \"a\"; length 900>(1L, @-2L)",
    );
}

#[test]
fn lines_for_evidence() {
    let tree = parse("function(x) {\n if (x) stop('no\nway')\n y\n}").unwrap();
    assert_eq!(one_line(&tree, 100), "function(x) { if (x) stop(\"no\\nway\"); y }");
    assert_eq!(one_line(&tree, 20), "function(x) { if (x…");
    assert_eq!(one_line(&symbol("é日本é"), 3), "é日…");
    assert_eq!(one_line(&symbol("abc"), 3), "abc");
    assert_eq!(one_line(&symbol("abc"), 0), "");
}
