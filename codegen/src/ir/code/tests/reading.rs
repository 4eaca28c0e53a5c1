//! R's grammar, in Polish notation. The right side of each row is what R 4.2 makes of the left one.

use super::super::{Expr, parse, parse_all};
use super::shape;

#[track_caller]
fn reads(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        match parse(text) {
            Ok(expr) => assert_eq!(shape(&expr), *expected, "{text}"),
            Err(error) => panic!("{text}: {error}"),
        }
    }
}

#[test]
fn operators_bind_as_in_r() {
    reads(&[
        ("-a^b", "(- (^ a b))"),
        ("a^-b:c", "(: (^ a (- b)) c)"),
        ("-1:2", "(: (- 1) 2)"),
        ("1:2^3", "(: 1 (^ 2 3))"),
        ("a^b^c", "(^ a (^ b c))"),
        ("a ** b", "(^ a b)"),
        ("a - b - c", "(- (- a b) c)"),
        ("- - a", "(- (- a))"),
        ("a * b + c / d", "(+ (* a b) (/ c d))"),
        ("a %in% -b %o% c", "(%o% (%in% a (- b)) c)"),
        ("a %% b * c", "(* (%% a b) c)"),
        ("a% %b", "(% % a b)"),
        ("!a == b", "(! (== a b))"),
        ("!a & b", "(& (! a) b)"),
        ("a * !b + c", "(* a (! (+ b c)))"),
        ("a || b && c", "(|| a (&& b c))"),
        ("a | b || c", "(|| (| a b) c)"),
        ("~a", "(~ a)"),
        ("~a ~ b", "(~ (~ a) b)"),
        ("a ~ -b ~ c", "(~ (~ a (- b)) c)"),
        ("-~a + b", "(- (~ (+ a b)))"),
        ("a <- b <- c", "(<- a (<- b c))"),
        ("a = b <- c", "(= a (<- b c))"),
        ("a <- b = c", "(= (<- a b) c)"),
        ("a = b = c", "(= a (= b c))"),
        ("a := b <- c", "(:= a (<- b c))"),
        ("5 -> x", "(<- x 5)"),
        ("5 ->> x", "(<<- x 5)"),
        ("a <- b -> c", "(<- a (<- c b))"),
        ("a -> b <- c", "(<- (<- b a) c)"),
        ("?a = b", "(? (= a b))"),
        ("?a ? b", "(? (? a) b)"),
        ("a ? b ? c", "(? (? a b) c)"),
        ("a = b ? c", "(? (= a b) c)"),
        ("a ? b = c", "(? a (= b c))"),
        ("function(x) x ? y", "(? (function [x] x) y)"),
        ("if (a) b ? c", "(? (if a b) c)"),
        ("a +\n\n b", "(+ a b)"),
        ("'a' = 1", "(= \"a\" 1)"),
    ]);
}

#[test]
fn brackets_and_elements() {
    reads(&[
        ("f()", "(f)"),
        ("f(,)", "(f <empty> <empty>)"),
        ("f(a=)", "(f a=<empty>)"),
        ("f(a = 1, 'b c' = 2, NULL = 3, ... = 4)", "(f a=1 b c=2 NULL=3 ...=4)"),
        ("f(a\n,b\n=\n# here\n1)", "(f a b=1)"),
        ("f(a == b)", "(f (== a b))"),
        ("f((a = b))", "(f (( (= a b)))"),
        ("f(x)(y)", "((f x) y)"),
        ("'f'(x)", "(f x)"),
        ("x[]", "([ x <empty>)"),
        ("x[[]]", "([[ x <empty>)"),
        ("x[i, , drop = FALSE]", "([ x i <empty> drop=Logical(Some(false)))"),
        ("x[[1] ]", "([[ x 1)"),
        ("a[b[1]]", "([ a ([ b 1))"),
        ("a[[b[[1]]]]", "([[ a ([[ b 1))"),
        ("x[[1]][2]$a@b", "(@ ($ ([ ([[ x 1) 2) a) b)"),
        ("x$a(b)", "(($ x a) b)"),
        ("x$'y'", "($ x \"y\")"),
        ("x$`a b`", "($ x a b)"),
        ("x$\ny", "($ x y)"),
        ("x$...", "($ x ...)"),
        ("a$b <- c", "(<- ($ a b) c)"),
        ("p::f(x)", "((:: p f) x)"),
        ("'p':::f$x", "($ (::: \"p\" f) x)"),
        ("{a}(b)", "(({ a) b)"),
        ("1(2)", "(1 2)"),
        ("next(2)", "((next) 2)"),
        ("{;a;;b\n\n# here\nc}", "({ a b c)"),
        ("{}", "({)"),
        ("({a\n-b})", "(( ({ a (- b)))"),
        ("(a\n-b)", "(( (- a b))"),
    ]);
}

#[test]
fn words() {
    reads(&[
        ("if (a) b else if (c) d else e + f", "(if a b (if c d (+ e f)))"),
        ("if (a) if (b) c else d", "(if a (if b c d))"),
        ("{if (a)\nb\n\n# here\nelse c}", "({ (if a b c))"),
        ("{if (a) b\nc}", "({ (if a b) c)"),
        ("(if (a)\nb\nelse c)", "(( (if a b c))"),
        ("if\n(a)\nb", "(if a b)"),
        ("a <- if (x) b = c", "(<- a (if x (= b c)))"),
        ("f(function(x) x = 5)", "(f (function [x] (= x 5)))"),
        ("for (i in x) y", "(for i x y)"),
        ("for\n(i in\nx)\ny", "(for i x y)"),
        ("while (a) {break; next}", "(while a ({ (break) (next)))"),
        ("repeat\na", "(repeat a)"),
        ("function(x, y = 2, ...) x + y", "(function [x y=2 ...] (+ x y))"),
        ("function\n(`a b`)\n(y)(z)", "(function [a b] ((( y) z))"),
        ("function() NULL", "(function [] NULL)"),
        ("\\(x) x", "(function [x] x)"),
        ("f(\\(x) x, 1)", "(f (function [x] x) 1)"),
    ]);
}

#[test]
fn pipes() {
    reads(&[
        ("x |> f(y)", "(f x y)"),
        ("x |> f() |> g(1)", "(g (f x) 1)"),
        ("-x |> f()", "(f (- x))"),
        ("x |> p::f()", "((:: p f) x)"),
        ("x |> (\\(y) y)()", "((( (function [y] y)) x)"),
        ("x |> f(1, y = _)", "(f 1 y=x)"),
        ("x |> f(y = _) |> g(z = _)", "(g z=(f y=x))"),
        ("x |> _$a[[1]]", "([[ ($ x a) 1)"),
    ]);
    for text in
        ["x |> f", "x |> f(_)", "x |> f(a = _, b = _)", "x |> f(a = g(_))", "_", "f(a = _)", "x |> \\(y) y"]
    {
        assert!(parse(text).is_err(), "{text}");
    }
}

#[test]
fn numbers() {
    reads(&[
        ("1", "1"),
        ("1.", "1"),
        (".5", "0.5"),
        ("1.e3", "1000"),
        ("1e-3", "0.001"),
        ("1E+3", "1000"),
        ("1e400", "inf"),
        ("0x1F", "31"),
        ("0xFFFFFFFFFF", "1099511627775"),
        ("0x1p3", "8"),
        ("0x1.8p1", "3"),
        ("0x1p-2", "0.25"),
        ("1L", "1L"),
        ("1e5L", "100000L"),
        ("0x1FL", "31L"),
        ("1.0L", "1L"),
        ("1.5L", "1.5"),
        ("2147483647L", "2147483647L"),
        ("2147483648L", "2147483648"),
        ("1i", "Complex(Some((0.0, 1.0)))"),
        ("1e5i", "Complex(Some((0.0, 100000.0)))"),
        ("Inf", "inf"),
        ("NaN", "NaN"),
        ("NA", "Logical(None)"),
        ("NA_integer_", "Integer(None)"),
        ("NA_real_", "Double(None)"),
        ("NA_complex_", "Complex(None)"),
        ("NA_character_", "String(None)"),
        ("T", "T"),
        ("..1", "..1"),
    ]);
}

#[test]
fn strings() {
    let rows = [
        (r#""a'b""#, "a'b"),
        (r#"'a"b'"#, "a\"b"),
        (r"'\'\`\ \\'", "'` \\"),
        (r"'\a\b\f\n\r\t\v'", "\u{7}\u{8}\u{c}\n\r\t\u{b}"),
        (r"'\x41\101\7'", "AA\u{7}"),
        (r"'\xc3\xa9'", "é"),
        (r"'\u41\u{e9}\U1F600\U{1F600}'", "Aé😀😀"),
        ("'a\nb\\\nc'", "a\nb\nc"),
        (r#"r"(a\n)b)""#, "a\\n)b"),
        (r"R'---[a]--]---'", "a]--"),
        (r#"r"{}""#, ""),
        ("'日本'", "日本"),
    ];
    for (text, expected) in rows {
        assert_eq!(parse(text).unwrap().string(), Some(expected), "{text}");
    }
    assert_eq!(parse("0x1p-1074"), Ok(Expr::Double(Some(5e-324))));
    assert_eq!(parse(r"`a\nb\`c`").unwrap(), Expr::Symbol("a\nb`c".into()));
}

#[test]
fn marks_of_our_own() {
    reads(&[
        ("@-5L", "-5L"),
        ("@-5 - 1", "(- -5 1)"),
        ("@-2147483648L", "-2147483648L"),
        ("@-Inf", "-inf"),
        ("@1.5-2i", "Complex(Some((1.5, -2.0)))"),
        ("@-Inf+NaNi", "Complex(Some((-inf, NaN)))"),
        ("@(a + b) * c", "(* (+ a b) c)"),
        ("@(function(x) x)(1)", "((function [x] x) 1)"),
        ("@('f')(1)", "(\"f\" 1)"),
        ("f(@missing)", "(f <empty>)"),
        ("f(@<environment>)", "(f Opaque(\"environment\"))"),
        ("@<\"a>\">", "Opaque(\"a>\")"),
        ("x@y", "(@ x y)"),
    ]);
    let Expr::Vector(vector) = parse("@list<class 'a', 'b'; length 900>(x = 1, 2L)").unwrap() else {
        panic!()
    };
    assert_eq!(vector.class, ["a".into(), "b".into()]);
    assert_eq!(vector.names, Some(vec!["x".into(), "".into()]));
    assert_eq!((vector.length, vector.elements.len()), (900, 2));
}

#[test]
fn several_expressions() {
    let shapes = |text| parse_all(text).map(|all| all.iter().map(shape).collect::<Vec<_>>());
    assert_eq!(
        shapes("# usage\nf(x)\n\ng(y); h(z) # end"),
        Ok(vec!["(f x)".into(), "(g y)".into(), "(h z)".into()])
    );
    assert_eq!(shapes("\n \r\n# nothing\n"), Ok(vec![]));
    // As on R's prompt: the line is complete without `else`.
    assert!(parse_all("if (a) b\nelse c").is_err());
    assert!(parse("a b").is_err());
    assert!(parse("a\nb").is_err());
    assert!(parse("").is_err());
    assert!(parse("\n a ;\n# end").is_ok());
}

#[test]
fn errors_say_where() {
    let rows = [
        ("f(x,\n  é y)", "2:5: 'y' is not expected here"),
        ("a < b < c", "1:7: '<' is not expected here"),
        ("f(1 = 2)", "1:5: '=' is not expected here"),
        ("if (a = b) c", "1:7: '=' is not expected here"),
        ("f(if = 1)", "1:6: '=' is not expected here"),
        ("x$(a)", "1:3: '(' is not expected here"),
        ("a::b::c", "1:5: '::' is not expected here"),
        ("function(x,) 1", "1:12: ')' is not expected here"),
        ("function('a') 1", "1:10: ''a'' is not expected here"),
        ("{a", "1:3: the end of the text is not expected here"),
        ("f(a]", "1:4: ']' is not expected here"),
        ("a +", "1:4: the end of the text is not expected here"),
        ("'abc", "1:1: what is quoted here does not end"),
        (r"'ab\d'", "1:4: this escape is not one of R's"),
        ("1e", "1:3: the exponent has no digits"),
        ("0x", "1:1: this is no hexadecimal number"),
        ("0x1.8", "1:1: this is no hexadecimal number"),
        ("a % b", "1:3: '%' without a second one on the line"),
        ("a \u{202e} b", "1:3: '\\u{202e}' has no meaning here"),
        ("@unknown(1)", "1:2: '@' before what is no type of R"),
    ];
    for (text, expected) in rows {
        assert_eq!(parse(text).unwrap_err().to_string(), expected, "{text}");
    }
}
