//! What comes out for R code, as text.

use super::signatures::{Foreign, study};
use crate::ir::code::{Expr, parse_all};
use crate::ir::{
    Confidence, Field, Function, Kind, Object, Package, R6Class, ReferenceClass, S3Method, S4Class,
    S4Generic, S4Method, Signature, Slot,
};

/// A package with the functions that this code assigns.
fn package(code: &str) -> Package {
    let mut package = Package { name: "p".into(), ..Package::default() };
    for expr in parse_all(code).unwrap() {
        let call = expr.call_of("<-").unwrap();
        let Some(Expr::Function(lambda)) = call.arg(1) else { panic!("{code}") };
        package.functions.push(Function {
            name: call.arg(0).and_then(Expr::symbol).unwrap().to_owned(),
            exported: true,
            formals: lambda.formals.clone(),
            body: Some(lambda.body.clone()),
            ..Function::default()
        });
    }
    package.functions.sort_by(|a, b| a.name.cmp(&b.name));
    package
}

fn shown(signature: &Signature) -> String {
    let parameters: Vec<String> = signature
        .parameters
        .iter()
        .map(|one| format!("{}{}: {}", one.name, if one.optional { "?" } else { "" }, one.position.ty))
        .collect();
    format!("({}) => {}", parameters.join(", "), signature.returns.ty)
}

/// The signature of `f` in this code.
fn signature(code: &str) -> String {
    let types = study(&package(code), &Foreign::new());
    shown(types.signatures.iter().find(|one| one.name == "f").unwrap())
}

#[test]
fn checks_are_requirements() {
    for (code, expected) in [
        ("f <- function(x) { if (!is.character(x)) stop('no'); NULL }", "(x: character[]) => null"),
        (
            "f <- function(x) { stopifnot(is.function(x), TRUE); invisible(NULL) }",
            "(x: class<`function`>) => null",
        ),
        (
            "f <- function(x) { if (!is.numeric(x) || length(x) != 1) stop('no'); 'a' }",
            "(x: double) => character",
        ),
        (
            "f <- function(x) { if (!is.character(x) && !is.function(x)) stop('no'); 1L }",
            "(x: character[] | class<`function`>) => integer",
        ),
        ("f <- function(x) { if (!inherits(x, 'lm')) stop('no'); TRUE }", "(x: class<`lm`>) => logical"),
        ("f <- function(x) { is.list(x) || stop('no'); TRUE }", "(x: list<any>) => logical"),
        (
            "f <- function(x, ...) { checkmate::assert_string(x, null.ok = TRUE); TRUE }",
            "(x: character | null, ...?: ...) => logical",
        ),
    ] {
        assert_eq!(signature(code), expected, "{code}");
    }
}

#[test]
fn tests_that_choose_a_branch_are_alternatives() {
    for (code, expected) in [
        (
            "f <- function(x) { if (is.matrix(x)) 1 else if (is.character(x)) 2 else stop('no') }",
            "(x: character[] | class<`matrix`>) => double",
        ),
        (
            "f <- function(x = 1) { if (is.function(x)) x() else x; TRUE }",
            "(x?: double | class<`function`>) => logical",
        ),
    ] {
        assert_eq!(signature(code), expected, "{code}");
    }
}

#[test]
fn optional_nullable_and_required_are_three_things() {
    for (code, expected) in [
        ("f <- function(x) { if (is.null(x)) x <- 1; TRUE }", "(x: double | null) => logical"),
        ("f <- function(x) { if (missing(x)) x <- 'a'; TRUE }", "(x?: character) => logical"),
        (
            "f <- function(x = NULL) { if (!is.null(x) && !is.character(x)) stop('no'); TRUE }",
            "(x?: character[] | null) => logical",
        ),
    ] {
        assert_eq!(signature(code), expected, "{code}");
    }
}

#[test]
fn enumerations() {
    for (code, expected) in [
        ("f <- function(x = c('a', 'b')) { x <- match.arg(x); x }", "(x?: \"a\" | \"b\") => \"a\" | \"b\""),
        (
            "f <- function(x = c('a', 'b')) { x <- match.arg(x, several.ok = TRUE); x }",
            "(x?: character[]) => character[]",
        ),
        ("f <- function(x) switch(x, a = 1, b = 2, stop('no'))", "(x: \"a\" | \"b\") => double"),
        ("f <- function(x) { if (!x %in% c('a', 'b')) stop('no'); TRUE }", "(x: \"a\" | \"b\") => logical"),
    ] {
        assert_eq!(signature(code), expected, "{code}");
    }
}

#[test]
fn code_and_functions() {
    for (code, expected) in [
        ("f <- function(x) substitute(x)", "(x: expression) => expression"),
        ("f <- function(x) { y <- deparse(substitute(x)); x[[1]]; y }", "(x: any) => character[]"),
        ("f <- function(g) g(1, 'a')", "(g: (<double, character> => any)) => any"),
        (
            "f <- function(x, g) { h <- match.fun(g); h(x); NULL }",
            "(x: any, g: character | class<`function`>) => null",
        ),
    ] {
        assert_eq!(signature(code), expected, "{code}");
    }
}

#[test]
fn results() {
    for (code, expected) in [
        (
            "f <- function(n = 10) structure(list(n = n, a = 'x'), class = c('foo', 'bar'))",
            "(n?: double) => class<`foo`, `bar`>",
        ),
        ("f <- function(n = 10) list(n = 1, a = 'x')", "(n?: double) => struct<`n`: double, `a`: character>"),
        (
            "f <- function(n = 10) { z <- list(); z$a <- 1; class(z) <- 'foo'; z }",
            "(n?: double) => class<`foo`>",
        ),
        (
            "f <- function(flag = TRUE) { if (flag) return(invisible(1)); 'a' }",
            "(flag?: logical) => double | character",
        ),
        ("f <- function(x) .C('g', x = as.double(x), n = 1L)$x", "(x: double[]) => double[]"),
        (
            "f <- function(x = 1) g(x)\ng <- function(y) { if (!is.numeric(y)) stop('no'); y > 1 }",
            "(x?: double) => logical[]",
        ),
        ("f <- function(x = 1) stop('never')", "(x?: double) => never"),
    ] {
        assert_eq!(signature(code), expected, "{code}");
    }
}

#[test]
fn results_of_which_not_everything_is_known() {
    for (code, expected) in [
        // Numbers are what arithmetic most often gives; what another package makes may have operators of its own.
        ("f <- function(x = 'a') unknown(x) * 2", "(x?: character) => ^double[]"),
        ("f <- function(x = 'a') other::plot(x) + other::theme()", "(x?: character) => any"),
        // A vector that is filled keeps its type, a matrix its shape.
        (
            "f <- function(n = 1) { x <- numeric(10); for (i in 1:10) x[i] <- unknown(i); x }",
            "(n?: double) => ^double[]",
        ),
        (
            "f <- function(n = 1) { x <- matrix(0, 2, 2); for (i in 1:2) x[i, ] <- c(1, 2); x }",
            "(n?: double) => matrix<double>",
        ),
        // Of several classes those count that it has in any case.
        (
            "f <- function(n = 1) { x <- unknown(n); class(x) <- c('mine', class(x)); x }",
            "(n?: double) => class<`mine`>",
        ),
        (
            "f <- function(a = TRUE) structure(list(), class = c(if (a) 'one' else 'two', 'base'))",
            "(a?: logical) => class<`base`>",
        ),
        // A local function is not the function of R that has its name.
        (
            "f <- function(n = 1) { if (n > 1) sub <- function(x) 1L else sub <- function(x) 2L; sub(n) }",
            "(n?: double) => any",
        ),
        ("f <- function(n = 1) if (n < 1) 'end' else Recall(n - 1)", "(n?: double) => character"),
    ] {
        assert_eq!(signature(code), expected, "{code}");
    }
}

#[test]
fn a_setter_gives_back_what_it_changes() {
    let code = "`f<-` <- function(x, value) { if (!is.data.frame(x)) stop('no'); other(x, value) }";
    let types = study(&package(code), &Foreign::new());
    assert_eq!(types.signatures[0].returns.ty.to_string(), "class<`data.frame`>");
    assert_eq!(types.signatures[0].returns.confidence, Confidence::Weak);
}

#[test]
fn invisible_results() {
    let code = "f <- function(x) invisible(x)
        g <- function(x) if (x) invisible(1) else x <- 2
        h <- function(x) for (i in x) print(i)
        i <- function(x) { cat('hello'); f(x) }
        v <- function(x) if (x) invisible(1) else 2";
    let types = study(&package(code), &Foreign::new());
    let invisible = types.signatures.iter().filter(|one| one.invisible).map(|one| one.name.as_str());
    assert_eq!(invisible.collect::<Vec<_>>(), ["f", "g", "h", "i"]);
}

#[test]
fn what_generics_promise() {
    let mut package = package(
        "format.foo <- function(x, ...) other(x)
        summary.foo <- function(object, ...) other(object)
        length.foo <- function(x) other(x)",
    );
    for (generic, class) in
        [("format", "foo"), ("summary", "foo"), ("length", "foo"), ("print", "summary.foo")]
    {
        let function = format!("{generic}.{class}");
        package.s3_methods.push(S3Method { generic: generic.into(), class: class.into(), function });
    }
    let types = study(&package, &Foreign::new());
    let results: Vec<String> = types.signatures.iter().map(|one| one.returns.ty.to_string()).collect();
    assert_eq!(results, ["character[]", "integer", "class<`summary.foo`>"]);
}

#[test]
fn classes_and_their_elements() {
    let code = "new_foo <- function(n = 10) structure(list(n = n, name = 'x', fit = NULL), class = 'foo')
        small_foo <- function() structure(list(n = 1L), class = 'foo')
        f <- function(n = 1) new_foo(n)$name";
    let types = study(&package(code), &Foreign::new());
    let [class] = &types.records[..] else { panic!() };
    let fields: Vec<String> = class
        .fields
        .iter()
        .map(|one| format!("{}{}: {}", one.name, if one.optional { "?" } else { "" }, one.position.ty))
        .collect();
    assert_eq!(fields, ["fit?: any", "n: double", "name?: character"]);
    assert_eq!(class.made_by, ["new_foo", "small_foo"]);
    let f = types.signatures.iter().find(|one| one.name == "f").unwrap();
    assert_eq!(f.returns.ty.to_string(), "character | null");
}

#[test]
fn methods_are_registered() {
    let mut package = package(
        "f <- function(x, ...) UseMethod('f')\nf.lm <- function(x, n = 1, ...) 1L\nf.glm <- function(x, ...) 2L",
    );
    for class in ["lm", "glm"] {
        package.s3_methods.push(S3Method {
            generic: "f".into(),
            class: class.into(),
            function: format!("f.{class}"),
        });
    }
    let types = study(&package, &Foreign::new());
    let all: Vec<String> = types.signatures.iter().map(shown).collect();
    assert_eq!(
        all,
        [
            "(x: class<`glm`> | class<`lm`>, ...?: ...) => integer",
            "(x: class<`glm`>, ...?: ...) => integer",
            "(x: class<`lm`>, n?: double, ...?: ...) => integer",
        ]
    );
}

#[test]
fn a_function_that_calls_itself_is_studied() {
    assert_eq!(
        signature("f <- function(n = 1) if (n <= 0) 'end' else f(n - 1)"),
        "(n?: double) => character"
    );
}

#[test]
fn a_defect_costs_one_function() {
    let mut package =
        package("f <- function(n = 1) NULL\ng <- function(x, y = 1, ...) x\nh <- function(x = 1) 'a'");
    let broken = "panics when it is studied";
    package.functions[1].name = broken.into();
    let Some(body) = &mut package.functions[0].body else { panic!() };
    let code = format!("{{ `{broken}`(n); `{broken}`(2, 3); 'a' }}");
    *body = parse_all(&code).unwrap().remove(0);
    let types = study(&package, &Foreign::new());
    let all: Vec<String> = types.signatures.iter().map(shown).collect();
    assert_eq!(
        all,
        ["(n?: double) => character", "(x: any, y?: any, ...?: ...) => any", "(x?: double) => character"]
    );
    let [one] = &types.unstudied[..] else { panic!("{:?}", types.unstudied) };
    assert_eq!(one.name, broken);
    assert!(one.reason.contains("as it says"), "{}", one.reason);
}

#[test]
fn deep_code_is_studied() {
    use crate::ir::code::{Arg, Call};
    // f(f(…(x))), deeper than any parser takes, and functions that call the next one.
    let call = |name: &str, arg: Option<Expr>| {
        let args = arg.map(|value| Arg { name: None, value: Some(value) });
        Expr::Call(Box::new(Call { callee: Expr::Symbol(name.into()), args: args.into_iter().collect() }))
    };
    let mut package = package("f <- function(x) NULL");
    let mut body = Expr::Symbol("x".into());
    for name in ["(", "{", "!", "-", "f", "c", "is.null", "if", "<-", "quote"].repeat(1000) {
        body = call(name, Some(body));
    }
    let one = package.functions[0].clone();
    package.functions[0].body = Some(body);
    for index in 0..5000 {
        let mut next = one.clone();
        next.name = format!("g{index:04}");
        let mut inner = call(&format!("g{:04}", index + 1), Some(Expr::Symbol("x".into())));
        for _ in 0..(if index < 100 { 250 } else { 0 }) {
            inner = call("(", Some(inner));
        }
        next.body = Some(if index == 4999 { Expr::Logical(Some(true)) } else { inner });
        package.functions.push(next);
    }
    let types = study(&package, &Foreign::new());
    assert_eq!(types.signatures.len(), 5001);
    assert!(types.unstudied.is_empty());
    assert_eq!(shown(&types.signatures[5000]), "(x: any) => logical");
    // The expression itself cannot be dropped on a small stack.
    let drop_deep = || drop(package);
    std::thread::scope(|scope| {
        std::thread::Builder::new().stack_size(256 << 20).spawn_scoped(scope, drop_deep).unwrap();
    });
}

/// A package with an S4 generic `f(x, y, ...)` whose methods take these classes, and with the classes `A` and `numOrNull`.
fn s4_package(methods: &[(&str, &str, &str)]) -> Package {
    let mut found = package("f <- function(x, y, ...) standardGeneric('f')");
    found.s4_generics =
        vec![S4Generic { name: "f".into(), signature: vec!["x".into(), "y".into()], value_class: vec![] }];
    let slot = |name: &str, class: &str| Slot { name: name.into(), class: class.into() };
    found.s4_classes = vec![
        S4Class { name: "A".into(), slots: vec![slot("n", "numOrNull")], ..S4Class::default() },
        S4Class {
            name: "numOrNull".into(),
            r#virtual: true,
            union: true,
            subclasses: vec!["NULL".into(), "numeric".into()],
            ..S4Class::default()
        },
    ];
    for (x, y, code) in methods {
        let function = package(code).functions.remove(0);
        found.s4_methods.push(S4Method {
            generic: "f".into(),
            package: "p".into(),
            signature: vec![slot("x", x), slot("y", y)],
            function,
        });
    }
    found
}

#[test]
fn s4_generics_have_the_types_of_their_methods() {
    let package = s4_package(&[
        ("A", "missing", "f <- function(x, y, ...) x@n"),
        ("A", "function", "f <- function(x, y, ...) new('A', n = 1)"),
        ("ANY", "ANY", "f <- function(x, y, ...) stop('no method')"),
    ]);
    let types = study(&package, &Foreign::new());
    let [f] = &types.signatures[..] else { panic!() };
    assert_eq!(
        shown(f),
        "(x: class<`A`>, y?: class<`function`>, ...?: ...) => double[] | class<`A`> | class<`numOrNull`> | null"
    );
    let line = crate::ir::types::Line(f).to_string();
    assert_eq!(
        line,
        "type `f` <class<`A`>, null, ...> => (double[] | class<`numOrNull`> | null) | \
         <class<`A`>, class<`function`>, ...> => class<`A`>;"
    );
}

#[test]
fn slots_and_constructors_of_s4() {
    let types = study(&s4_package(&[]), &Foreign::new());
    let class = types.classes.iter().find(|one| one.name == "A").unwrap();
    let [slot] = &class.fields[..] else { panic!() };
    assert_eq!(slot.position.ty.to_string(), "double[] | class<`numOrNull`> | null");
    assert_eq!(slot.position.confidence, Confidence::Hard);
    let constructor = class.constructor.as_ref().unwrap();
    assert_eq!(shown(constructor), "(n?: double[] | class<`numOrNull`> | null) => class<`A`>");
    assert!(types.classes.iter().any(|one| one.name == "numOrNull" && one.constructor.is_none()));
}

#[test]
fn classes_with_methods() {
    let mut all = package("f <- function() NULL");
    let methods = package(
        "add <- function(n = 1) { self$total <- n; invisible(self) }\n\
         initialize <- function(name) { if (!is.character(name)) stop('no') }",
    );
    let flag = Object { kind: Kind::Logical, length: 1, ..Object::default() };
    all.r6_classes = vec![R6Class {
        generator: "Counter".into(),
        class: "Counter".into(),
        exported: true,
        fields: vec![Field { name: "on".into(), object: flag }],
        methods: methods.functions.clone(),
        ..R6Class::default()
    }];
    all.reference_classes = vec![ReferenceClass {
        name: "Account".into(),
        fields: vec![Slot { name: "balance".into(), class: "numeric".into() }],
        methods: package("show <- function() balance").functions,
        ..ReferenceClass::default()
    }];
    let types = study(&all, &Foreign::new());
    let told: Vec<String> = types
        .classes
        .iter()
        .map(|class| {
            let fields = class.fields.iter().map(|one| format!("{}: {}", one.name, one.position.ty));
            let methods = class.constructor.iter().chain(&class.methods);
            let methods = methods.map(|one| format!("{}{}", one.name, shown(one)));
            fields.chain(methods).collect::<Vec<_>>().join("; ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "balance: double[]; new(balance?: double[]) => class<`Account`>; show() => double[]",
            "on: logical; new(name: character[]) => class<`Counter`>; add(n?: double) => class<`Counter`>",
        ]
    );
}

#[test]
fn code_that_tidy_evaluation_captures() {
    assert_eq!(
        signature("f <- function(x, y, ...) { e <- enquos(x = x, y = y, ...); NULL }"),
        "(x: expression, y: expression, ...?: ...) => null"
    );
}
