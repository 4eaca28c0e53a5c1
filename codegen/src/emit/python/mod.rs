//! Python: a module and a stub a package, `__init__` of the package around them, `py.typed`.
//!
//! Contexts are finished strings; the templates only print them. The layout is the one that `ruff format` leaves as it is.

mod literal;
mod types;

use askama::Template;

use super::doc::{Style, Writer};
use super::{Files, index_header, module_header};
use crate::lower::{Class, DataSet, Enum, Module, Shape, Variant};
use literal::{call, call_with, docstring, string, subscript};

/// The width of a line.
const WIDTH: usize = 88;

/// The width of documentation that is not indented; the quotes around it have to fit too.
const TEXT: usize = WIDTH - 6;

#[derive(Template)]
#[template(path = "python/module.py.jinja", escape = "none")]
struct ModuleTemplate<'a> {
    page: &'a Page,
}

#[derive(Template)]
#[template(path = "python/module.pyi.jinja", escape = "none")]
struct StubTemplate<'a> {
    page: &'a Page,
}

#[derive(Template)]
#[template(path = "python/init.py.jinja", escape = "none")]
struct InitTemplate<'a> {
    header: &'a str,
    import: &'a str,
    exports: &'a str,
}

/// What both templates of a module print.
struct Page {
    header: String,
    doc: String,
    contract: u32,
    version: String,
    package: String,
    imports: &'static str,
    stub_imports: &'static str,
    aliases: Vec<String>,
    stub_aliases: Vec<String>,
    classes: Vec<PageClass>,
    datasets: Vec<PageDataSet>,
    table: String,
    /// Nothing can be inferred from an empty list.
    exports_type: &'static str,
    exports: String,
}

struct PageClass {
    name: String,
    base: &'static str,
    doc: String,
    members: Vec<PageMember>,
}

struct PageMember {
    signature: String,
    doc: String,
    body: String,
}

struct PageDataSet {
    name: String,
    ty: String,
    doc: String,
}

/// The files for these modules.
pub fn emit(modules: &[Module]) -> Files {
    let mut files = Files::new();
    for module in modules {
        let page = page(module);
        files.insert(format!("{}.py", module.name), print(&ModuleTemplate { page: &page }));
        files.insert(format!("{}.pyi", module.name), print(&StubTemplate { page: &page }));
    }
    let header = index_header(modules);
    let names: Vec<String> = modules.iter().map(|module| module.name.clone()).collect();
    let exports = exports(names.iter().map(String::as_str));
    let import = import(&names);
    let init = print(&InitTemplate { header: &header, import: &import, exports: &exports });
    files.insert("__init__.py".to_owned(), init.clone());
    files.insert("__init__.pyi".to_owned(), init);
    files.insert("py.typed".to_owned(), String::new());
    files
}

/// The import of all modules, on one line where it fits.
fn import(names: &[String]) -> String {
    let line = format!("from . import {}", names.join(", "));
    if literal::width(&line) <= WIDTH {
        return line;
    }
    let lines: String = names.iter().map(|name| format!("    {name},\n")).collect();
    format!("from . import (\n{lines})")
}

fn print(template: &impl Template) -> String {
    // askama drops the newline at the end of a template.
    template.render().expect("a template that only prints strings renders") + "\n"
}

fn page(module: &Module) -> Page {
    let mut doc = Writer::new(Style::Plain, TEXT);
    doc.paragraph(&super::doc::text(&module.title, Style::Plain));
    doc.paragraph(&super::doc::text(&module.description, Style::Plain));
    doc.inlines(&super::doc::source(module));
    let datasets = module.datasets.iter().map(|dataset| {
        let mut doc = Writer::new(Style::Plain, TEXT);
        doc.page(&dataset.doc, &module.package);
        PageDataSet {
            name: dataset.name.clone(),
            ty: types::annotation(&dataset.ty, module),
            doc: docstring(&doc.finish(), 0),
        }
    });
    // `stubtest` takes a union for what a stub calls an alias of several literals, and knows no alias of one.
    let enums = module.enums.iter().filter(|one| one.only_level().is_none());
    let classes = module.classes.iter();
    let names = module.datasets.iter().map(|one| one.name.as_str());
    let names = names.chain(enums.clone().map(|one| one.name.as_str()));
    let names = names.chain(classes.clone().map(|one| one.name.as_str()));
    let (stub_imports, imports) = match (enums.clone().next(), module.enums.first()) {
        (Some(_), _) => ("Literal, TypeAlias", "Literal, TypeAlias, Union"),
        (None, Some(_)) => ("Literal", "Literal"),
        (None, None) => ("", ""),
    };
    Page {
        header: module_header(module),
        doc: docstring(&doc.finish(), 0),
        contract: rbindgen_runtime::CONTRACT,
        version: string(&module.version),
        package: string(&module.package),
        imports,
        stub_imports,
        aliases: enums.clone().map(alias).collect(),
        stub_aliases: enums.map(stub_alias).collect(),
        classes: classes.map(|class| self::class(module, class)).collect(),
        exports_type: if module.datasets.is_empty() { ": list[str]" } else { "" },
        exports: exports(names),
        datasets: datasets.collect(),
        table: table(&module.datasets),
    }
}

/// The table from which data sets are loaded: the name here, the name in R and the class.
fn table(datasets: &[DataSet]) -> String {
    let entry = |dataset: &DataSet| {
        let key = string(&dataset.name);
        let value = [string(&dataset.r_name), types::runtime(&dataset.ty)];
        call_with(&format!("    {key}: "), &value, ",") + ",\n"
    };
    let entries: String = datasets.iter().map(entry).collect();
    format!("{{\n{entries}}}")
}

/// The alias for the levels of a factor, in the stub.
fn stub_alias(one: &Enum) -> String {
    let levels: Vec<String> = one.variants.iter().map(|variant| string(&variant.level)).collect();
    subscript(&format!("{}: TypeAlias = Literal", one.name), &levels)
}

/// The same type in the module.
fn alias(one: &Enum) -> String {
    // Four for the indent, one for the comma.
    let level = |variant: &Variant| literal::nested("Literal", &string(&variant.level), 4, 1);
    let levels: Vec<String> = one.variants.iter().map(level).collect();
    subscript(&format!("{}: TypeAlias = Union", one.name), &levels)
}

fn class(module: &Module, class: &Class) -> PageClass {
    let mut doc = Writer::new(Style::Plain, TEXT - 4);
    if class.dataset.is_some() {
        doc.page(&class.doc, &module.package);
    } else {
        let what = match class.shape {
            Shape::Frame => "data frame",
            Shape::Record => "list",
        };
        doc.inlines(&super::doc::the(what, &class.r_name));
        doc.inlines(&class.doc.summary);
    }
    let (base, access) = match class.shape {
        Shape::Frame => ("DataFrame", "column"),
        Shape::Record => ("Record", "field"),
    };
    let members = class.members.iter().map(|member| {
        let mut doc = Writer::new(Style::Plain, TEXT - 8);
        doc.blocks(&member.doc);
        let arguments =
            ["self".to_owned(), member.index.to_string(), string(&member.r_name), types::runtime(&member.ty)];
        PageMember {
            signature: signature(&member.name, &types::annotation(&member.ty, module)),
            doc: docstring(&doc.finish(), 8),
            body: call(&format!("        return _rb.{access}"), &arguments),
        }
    });
    PageClass { name: class.name.clone(), base, doc: docstring(&doc.finish(), 4), members: members.collect() }
}

/// The head of a property.
fn signature(name: &str, ty: &str) -> String {
    let line = format!("    def {name}(self) -> {ty}:");
    if literal::width(&line) <= WIDTH {
        line
    } else {
        format!("    def {name}(\n        self,\n    ) -> {ty}:")
    }
}

/// `__all__`, sorted and one name a line.
fn exports<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let lines: String = names.iter().map(|name| format!("    {},\n", string(name))).collect();
    if lines.is_empty() { "[]".to_owned() } else { format!("[\n{lines}]") }
}
