//! Small packages made by hand, one for each rule.

use rbindgen::ir::text::{Block, Inline, Item, Link};
use rbindgen::ir::{Axis, DataSet, Factor, Field, Help, Kind, Object, Package, RowNames, Time};

/// All of them, sorted by name as introspection gives them.
pub fn all() -> Vec<Package> {
    vec![documented(), factors(), frames(), hostile(), named(), records(), vectors()]
}

fn package(name: &str, datasets: Vec<(&str, Object)>) -> Package {
    let datasets = datasets
        .into_iter()
        .map(|(name, object)| DataSet { name: name.into(), lazy: true, object, ..DataSet::default() })
        .collect();
    Package {
        name: name.into(),
        version: "1.0".into(),
        r_version: "4.2.2".into(),
        title: format!("The rule {name}"),
        datasets,
        ..Package::default()
    }
}

fn vector(kind: Kind, length: u64) -> Object {
    Object { kind, length, ..Object::default() }
}

fn factor(levels: &[&str], ordered: bool) -> Object {
    let levels = levels.iter().map(|level| Some((*level).to_owned())).collect();
    let class = if ordered { vec!["ordered".into(), "factor".into()] } else { vec!["factor".into()] };
    Object { factor: Some(Factor { levels, ordered }), class, ..vector(Kind::Integer, 10) }
}

fn list(fields: Vec<(&str, Object)>) -> Object {
    let length = fields.len() as u64;
    let fields = fields.into_iter().map(|(name, object)| Field { name: name.into(), object }).collect();
    Object { fields, ..vector(Kind::List, length) }
}

fn frame(columns: Vec<(&str, Object)>) -> Object {
    Object {
        class: vec!["data.frame".into()],
        row_names: Some(RowNames::Automatic),
        rows: Some(10),
        ..list(columns)
    }
}

/// Every kind of vector and shape.
fn vectors() -> Package {
    let dim = |extents: &[u64]| Object {
        dim: Some(extents.to_vec()),
        ..vector(Kind::Integer, extents.iter().product())
    };
    let axis = |title: &str| Axis { title: Some(title.into()), names: None };
    let time = Some(Time { start: 1949.0, end: 1960.0 + 11.0 / 12.0, frequency: 12.0 });
    let series = |object| Object { time, class: vec!["ts".into()], ..object };
    package(
        "vectors",
        vec![
            ("array", dim(&[2, 3, 4])),
            ("bytes", vector(Kind::Raw, 3)),
            ("complexes", vector(Kind::Complex, 1)),
            ("doubles", Object { names: true, ..vector(Kind::Double, 3) }),
            ("environment", vector(Kind::Environment, 0)),
            ("flags", Object { missing: 1, ..vector(Kind::Logical, 2) }),
            ("list", vector(Kind::List, 2)),
            ("matrix", dim(&[2, 3])),
            ("mts", series(Object { dim: Some(vec![72, 2]), ..vector(Kind::Double, 144) })),
            ("sample", vector(Kind::Function, 1)),
            ("strings", vector(Kind::Character, 50)),
            (
                "table",
                Object {
                    dimnames: Some(vec![axis("Class"), axis("Sex")]),
                    class: vec!["table".into()],
                    ..dim(&[4, 2])
                },
            ),
            ("ts", series(vector(Kind::Double, 144))),
        ],
    )
}

/// Levels as enumerations, literals, or text.
fn factors() -> Package {
    let open = Factor { levels: vec![Some("a".into()), None], ordered: false };
    package(
        "factors",
        vec![
            ("age", factor(&["25-34", "35-44", "75+"], true)),
            ("one", factor(&["only"], false)),
            ("open", Object { factor: Some(open), ..factor(&[], false) }),
            ("region", factor(&["New England", "", "self", "a", "A"], false)),
        ],
    )
}

/// Columns of data frames.
fn frames() -> Package {
    let nested = frame(vec![("x", vector(Kind::Double, 10))]);
    package(
        "frames",
        vec![
            ("empty", frame(Vec::new())),
            (
                "iris",
                frame(vec![
                    ("Petal.Length", vector(Kind::Double, 10)),
                    ("Species", factor(&["setosa", "virginica"], false)),
                ]),
            ),
            ("nested", frame(vec![("inner", nested)])),
            ("Orange", frame(vec![("age", vector(Kind::Double, 10))])),
        ],
    )
}

/// Lists with names.
fn records() -> Package {
    let inner = list(vec![("n", vector(Kind::Integer, 1))]);
    package(
        "records",
        vec![(
            "fit",
            list(vec![
                ("coefficients", vector(Kind::Double, 2)),
                ("", vector(Kind::Double, 1)),
                ("inner", inner),
            ]),
        )],
    )
}

/// Names that are no identifiers, are keywords, or are taken.
fn named() -> Package {
    let one = || vector(Kind::Double, 1);
    let columns = ["names", "class", "property", "2nd", "a b", "a.b", "a_b", "type", "_rb"];
    package(
        "named",
        vec![
            (".hidden", one()),
            ("columns", frame(columns.into_iter().map(|name| (name, one())).collect())),
            ("state.x77", one()),
            ("state_x77", one()),
            ("type", one()),
            ("class", one()),
            ("Größe", one()),
        ],
    )
}

/// Documentation with every kind of markup.
fn documented() -> Package {
    let text = |text: &str| Inline::Text(text.into());
    let help = Help {
        topic: "cars".into(),
        title: vec![text("Speed and Stopping Distances of "), Inline::Emph("Cars".into())],
        description: vec![
            Block::Text(vec![
                text("See "),
                Inline::Link(Link { text: "lm".into(), topic: None, package: Some("stats".into()) }),
                text(", "),
                Inline::Url("the page".into(), "https://example.org/a_b".into()),
                text(" and "),
                Inline::Code("x[1] `q`".into()),
                text(". It is "),
                Inline::Strong("important".into()),
                text(
                    " that a line which is rather long, longer than a hundred characters, is broken at a space.",
                ),
            ]),
            Block::Code("cars[1, ]\n  speed".into()),
            Block::Items(vec![Item {
                label: vec![text("speed")],
                text: vec![Block::Text(vec![text("in mph")])],
            }]),
            Block::Table(vec![vec![vec![text("a")], vec![text("b")]]]),
        ],
        items: [("dist".to_owned(), vec![Block::Text(vec![text("stopping distance (ft)")])])].into(),
    };
    let object = frame(vec![("speed", vector(Kind::Double, 10)), ("dist", vector(Kind::Double, 10))]);
    let mut package = package("documented", vec![("cars", object)]);
    package.description = "A description with an_underscore and <html>.".into();
    package.datasets[0].help = Some(help);
    package
}

/// Text that tries to leave its place.
fn hostile() -> Package {
    const TEXTS: &[&str] = &[
        "*/ fn evil() {} /* \"\"\" import os ''' \\",
        "{{ page }} {% if %} #} ${x} \u{202e}reversed\u{2066}",
        "```\nlet x = 1;\n``` <script>alert(1)</script> [link](javascript:x) &amp; http://bare.example",
        "    indented code\n# heading\n1. list\n- list\n> quote",
        "\"quoted\"",
        "ends in a backslash \\",
    ];
    let paragraphs = TEXTS.iter().map(|text| Block::Text(vec![Inline::Text((*text).into())])).collect();
    let mut levels = TEXTS.to_vec();
    levels.push("\u{0}\r\u{1b}[31m");
    let help = Help {
        topic: "evil\n`x`".into(),
        title: vec![Inline::Text(TEXTS[4].into())],
        description: paragraphs,
        items: TEXTS.iter().map(|text| ((*text).to_owned(), vec![Block::Code((*text).to_owned())])).collect(),
    };
    let columns = TEXTS.iter().map(|name| (*name, vector(Kind::Double, 1))).collect();
    let mut package =
        package("hostile", vec![("evil\"\"\"\n*/", frame(columns)), ("levels", factor(&levels, false))]);
    package.title = TEXTS[0].into();
    package.description = TEXTS[2].into();
    package.version = "1.0".into();
    package.datasets[0].help = Some(help);
    package
}
