//! Whether text of a package became code: answered by the syntax trees of what was generated.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use quote::ToTokens;
use rbindgen::diagnostics::is_invisible;

/// What attempts at code in the texts of the packages hold.
const MARKER: &str = "pwned_marker";

/// Asserts that a generated file holds nothing that an editor or a terminal would obey and, where it is Rust, that it parses and that
/// no text became code, neither for rustc nor for rustdoc.
pub fn assert_tame(path: &Path, text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        // Letters without a shape do nothing where they are no part of a name.
        let filler = |c| matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
        let hidden = line.chars().find(|&c| is_invisible(c) && !filler(c));
        assert_eq!(hidden, None, "{}:{}: {line:?}", path.display(), index + 1);
    }
    if path.extension().is_some_and(|one| one == "rs") {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut page = String::new();
        walk(file.to_token_stream(), &mut page, path);
        end_page(&mut page, path);
    }
}

/// No identifier is the marker; documentation is collected page by page.
fn walk(tokens: TokenStream, page: &mut String, path: &Path) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => {
                assert_ne!(name, MARKER, "{}", path.display());
                assert!(!name.to_string().contains(is_invisible), "{}: {name}", path.display());
            }
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                match &inner[..] {
                    // #[doc = "a line"]
                    [TokenTree::Ident(doc), TokenTree::Punct(_), TokenTree::Literal(line)]
                        if doc == "doc" =>
                    {
                        let line: syn::LitStr = syn::parse2(line.to_token_stream()).unwrap();
                        let line = line.value();
                        // rustdoc takes the common indent away.
                        page.push_str(line.strip_prefix(' ').unwrap_or(&line));
                        page.push('\n');
                    }
                    _ => {
                        end_page(page, path);
                        walk(group.stream(), page, path);
                    }
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Documentation is text: no HTML, no code that rustdoc would run, no link but to the web and to items.
fn end_page(page: &mut String, path: &Path) {
    let page = std::mem::take(page);
    let show = || format!("{}:\n{page}", path.display());
    // What rustdoc switches on.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(&page, options) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => panic!("HTML in {}", show()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => panic!("a doctest in {}", show()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                assert_eq!(&*language, "text", "{}", show());
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let web = dest_url.starts_with("https://") || dest_url.starts_with("http://");
                assert!(web, "a link to {dest_url} in {}", show());
            }
            Event::Start(Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) => {
                panic!("structure in {}", show());
            }
            _ => {}
        }
    }
}

/// Python files, which are looked at together.
#[derive(Default)]
pub struct Python {
    files: Vec<PathBuf>,
}

/// Parses each file and walks its tree.
const PYTHON: &str = r#"
import ast, sys, warnings

warnings.simplefilter("error")  # an unknown escape in a literal is a warning of the compiler
MARKER = sys.argv[1]
for path in sys.argv[2:]:
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    tree = ast.parse(text, path)
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if isinstance(node, ast.Constant) and name == "value":
                continue
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str) and one == MARKER:
                    raise SystemExit(f"{path}:{node.lineno}: {MARKER} became code")
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if not called.startswith("_rb."):
                raise SystemExit(f"{path}:{node.lineno}: calls {called}")
    for node in tree.body:
        allowed = (ast.Assign, ast.AnnAssign, ast.ClassDef, ast.FunctionDef, ast.Import, ast.ImportFrom, ast.Expr, ast.If)
        if not isinstance(node, allowed):
            raise SystemExit(f"{path}:{node.lineno}: {type(node).__name__} in a module")
    if tree.body and not ast.get_docstring(tree):
        raise SystemExit(f"{path}: no docstring")
"#;

impl Python {
    /// One more file.
    pub fn add(&mut self, path: &Path) {
        self.files.push(path.to_owned());
    }

    /// Asserts that all files parse, and that no text became code.
    pub fn assert_tame(&self) {
        assert!(!self.files.is_empty());
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.venv/bin/python");
        let python = if checkout.exists() { checkout } else { PathBuf::from("python3") };
        let mut command = Command::new(python);
        command.args(["-c", PYTHON, MARKER]).args(&self.files).stdin(Stdio::null());
        let output = command.output().expect("Python is installed where the tests run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
