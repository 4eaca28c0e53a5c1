//! Random trees, also such as no text makes: each must come back from its text.

use super::super::{Arg, Call, Expr, Formal, Lambda, MAX_DEPTH, Name, Vector, deparse, one_line, parse};
use super::{call, name, symbol};
use crate::ir::Kind;

/// A small generator of numbers (SplitMix64): the same trees on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn name(&mut self) -> Name {
        Name::from(self.one_of(&[
            "a",
            "b",
            "x.y",
            "..1",
            "...",
            "_",
            "_a",
            ".5",
            ".a",
            "a b",
            "",
            "if",
            "NULL",
            "TRUE",
            "NA",
            "in",
            "été",
            "a`b",
            "a\\b",
            "a\nb",
            "\u{202e}x",
            "\u{1}",
            "\u{7f}",
            "\u{85}",
            "日本",
            "x\u{301}",
            "'",
            "\"",
            "%in%",
            "@",
            "Inf",
            "function",
            "é\u{200b}",
            "missing",
            "{{ }}",
            "*/",
            "\"\"\"",
            "#",
            "r",
        ]))
    }

    fn text(&mut self) -> Name {
        let mut text = String::new();
        for _ in 0..self.below(4) {
            text.push_str(&self.name());
        }
        Name::from(text)
    }

    fn double(&mut self) -> f64 {
        match self.below(6) {
            0 => f64::from_bits(self.next()),
            1 => self.one_of(&[
                0.0,
                -0.0,
                f64::INFINITY,
                f64::NEG_INFINITY,
                f64::MIN_POSITIVE,
                5e-324,
                f64::MAX,
            ]),
            2 => self.below(2_000_000) as f64 - 1e6,
            3 => 10f64.powi(self.below(40) as i32 - 20),
            4 => self.below(1000) as f64 / 100.0,
            _ => 1.0 / (1.0 + self.below(1000) as f64),
        }
    }

    fn number(&mut self) -> f64 {
        match self.double() {
            number if number.is_nan() => 1.5,
            number => number,
        }
    }

    fn leaf(&mut self) -> Expr {
        match self.below(14) {
            0 => Expr::Null,
            1 => Expr::Logical(self.one_of(&[Some(true), Some(false), None])),
            2 => Expr::Integer(self.one_of(&[None, Some(0), Some(-5), Some(i32::MAX), Some(-i32::MAX)])),
            3 => Expr::Integer(Some(self.next() as i32)),
            4 => Expr::Double(None),
            5 => Expr::Double(Some(self.number())),
            6 => Expr::Complex(None),
            7 => Expr::Complex(Some((self.number(), self.number()))),
            8 => Expr::Complex(Some((0.0, self.number()))),
            9 => Expr::String(None),
            10 => Expr::String(Some(self.text())),
            11 => Expr::Opaque(if self.below(2) == 0 { name("environment") } else { self.text() }),
            _ => Expr::Symbol(self.name()),
        }
    }

    fn value(&mut self, size: usize) -> Expr {
        if size == 0 {
            return self.leaf();
        }
        match self.below(14) {
            0 => self.leaf(),
            1 => self.lambda(size),
            2 => self.vector(size),
            3 => {
                let callee = self.value(size / 2);
                self.call_of(callee, size)
            }
            4 => {
                let callee = Expr::Symbol(self.name());
                self.call_of(callee, size)
            }
            // Mostly what has a syntax of its own.
            _ => {
                let callee = self.one_of(&[
                    "+", "-", "*", "/", "^", "<-", "<<-", "=", ":=", "->", "->>", "|>", "~", "?", "!", "<",
                    "==", "!=", ">=", "&", "&&", "|", "||", ":", "%in%", "%%", "%/%", "%a b%", "%\n%", "%%%",
                    "$", "@", "::", ":::", "[", "[[", "(", "{", "{", "if", "if", "if", "for", "while",
                    "repeat", "next", "break", "function", "**", "\\",
                ]);
                let count = self.one_of(&[0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4]);
                let odd = self.below(8) == 0;
                let args = (0..count).map(|_| self.arg(size / 2, odd)).collect();
                Expr::Call(Box::new(Call { callee: symbol(callee), args }))
            }
        }
    }

    fn arg(&mut self, size: usize, odd: bool) -> Arg {
        let name = (odd && self.below(2) == 0).then(|| self.name());
        let value = if odd && self.below(3) == 0 { None } else { Some(self.value(size)) };
        Arg { name, value }
    }

    fn call_of(&mut self, callee: Expr, size: usize) -> Expr {
        let args = (0..self.below(4)).map(|_| self.arg(size / 2, true)).collect();
        Expr::Call(Box::new(Call { callee, args }))
    }

    fn lambda(&mut self, size: usize) -> Expr {
        let formals = (0..self.below(3))
            .map(|_| Formal {
                name: self.name(),
                default: (self.below(2) == 0).then(|| self.value(size / 2)),
            })
            .collect();
        Expr::Function(Box::new(Lambda { formals, body: self.value(size / 2) }))
    }

    fn vector(&mut self, size: usize) -> Expr {
        let elements: Vec<Expr> = (0..self.below(4)).map(|_| self.value(size / 3)).collect();
        let names = match self.below(3) {
            0 => None,
            1 => Some(elements.iter().map(|_| self.name()).collect()),
            _ => Some((0..self.below(3)).map(|_| self.name()).collect()),
        };
        let class = (0..self.below(3)).map(|_| self.text()).collect();
        let length = if self.below(2) == 0 { elements.len() as u64 } else { self.next() };
        let kind =
            self.one_of(&[Kind::Integer, Kind::List, Kind::Raw, Kind::S4, Kind::Expression, Kind::Function]);
        Expr::Vector(Box::new(Vector { kind, elements, names, class, length }))
    }
}

/// Equal with `0` and `-0` told apart: the debug text shows the sign.
fn same(left: &Expr, right: &Expr) -> bool {
    left == right && format!("{left:?}") == format!("{right:?}")
}

#[test]
fn every_tree_comes_back() {
    let mut random = Random(4);
    let rounds = if cfg!(debug_assertions) { 30_000 } else { 1_000_000 };
    for round in 0..rounds {
        let size = 1 << random.below(8);
        let tree = random.value(size);
        let text = deparse(&tree);
        match parse(&text) {
            Ok(back) => assert!(same(&back, &tree), "round {round}\n{text}\n{tree:?}\n{back:?}"),
            Err(error) => panic!("round {round}: {error}\n{text}\n{tree:?}"),
        }
        assert!(
            text.chars().all(|c| c == '\n' || !super::super::grammar::needs_escape(c)),
            "nothing that hides or turns text is in it: {text:?}"
        );
    }
}

#[test]
fn one_line_is_one_line() {
    let mut random = Random(5);
    for _ in 0..3_000 {
        let tree = random.value(64);
        let max = random.below(60);
        let line = one_line(&tree, max);
        assert!(line.chars().count() <= max, "{max}: {line}");
        assert!(!line.contains('\n'));
        let whole = one_line(&tree, 1_000_000);
        assert!(same(&parse(&whole).unwrap(), &tree), "{whole}\n{tree:?}");
        if whole.chars().count() <= max {
            assert_eq!(line, whole);
        } else if max > 0 {
            let start: String = whole.chars().take(max - 1).collect();
            assert_eq!(line, format!("{start}…"));
        }
    }
}

#[test]
fn no_text_makes_the_parser_panic() {
    let mut random = Random(6);
    let pieces = [
        "a", "1", "(", ")", "[", "[[", "]", "]]", "{", "}", "+", "-", "<-", "=", "\n", ";", ",", "\"", "'",
        "`", "\\", "\\u{", "@", "@<", "@list", "<", ">", "length ", "class ", "if", "else", "function",
        "for", "in", "0x", "1e", ".", "_", "|>", "%", "$", "::", "r\"(", "é", "\u{202e}", " ", "?", "~", "#",
        "L", "i", "missing",
    ];
    for _ in 0..100_000 {
        let text: String = (0..random.below(12)).map(|_| random.one_of(&pieces)).collect();
        if let Ok(tree) = parse(&text) {
            let again = deparse(&tree);
            // NaN is not equal to itself.
            if !text.contains("NaN") {
                assert!(same(&parse(&again).unwrap(), &tree), "{text:?} {again:?}");
            }
        }
        _ = super::super::parse_all(&text);
    }
}

/// Trees of every form that are as deep as can be, on the small stack of a test's thread.
#[test]
fn deep_trees_need_no_stack() {
    type Wrap = fn(Expr) -> Expr;
    let forms: [(&str, Wrap); 8] = [
        ("left", |inner| call("+", [inner, symbol("a")])),
        ("right", |inner| call("<-", [symbol("a"), inner])),
        ("prefix", |inner| call("*", [symbol("a"), call("+", [symbol("b"), inner])])),
        ("parentheses", |inner| call("(", [inner])),
        ("blocks", |inner| call("{", [inner])),
        ("else", |inner| call("if", [symbol("a"), symbol("b"), inner])),
        ("calls", |inner| super::call_of(inner, [])),
        ("functions", |body| Expr::Function(Box::new(Lambda { formals: Vec::new(), body }))),
    ];
    for (form, wrap) in forms {
        let step = if form == "prefix" { 2 } else { 1 };
        let mut tree = symbol("x");
        for _ in 0..(MAX_DEPTH - 1) / step {
            tree = wrap(tree);
        }
        let text = deparse(&tree);
        assert!(parse(&text).is_ok_and(|back| back == tree), "{form}");
        assert!(one_line(&tree, 50).chars().count() <= 50);
        let error = parse(&deparse(&wrap(tree))).unwrap_err();
        assert!(error.reason.contains("nests deeper than 1000 levels"), "{form}: {error}");
    }
    for text in
        ["(".repeat(1_000_000), "a+".repeat(1_000_000) + "a", "-".repeat(1_000_000), "f(".repeat(100_000)]
    {
        assert!(parse(&text).unwrap_err().reason.contains("nests deeper"));
    }
    // To drop it takes stack, too.
    let tree = std::mem::ManuallyDrop::new(
        (0..20_000).fold(symbol("x"), |inner, _| call("+", [inner, symbol("a")])),
    );
    assert!(deparse(&tree).starts_with("x + a + a"));
    assert!(one_line(&tree, 50).starts_with("… + "));
}
