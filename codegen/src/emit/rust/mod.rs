//! Rust: one file a package, and the `mod.rs` that ties them together.
//!
//! Items are built with `quote`, printed one by one with `prettyplease` and set apart by blank lines, as a person would.

mod types;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::doc::{Style, Writer};
use super::{Files, index_header, module_header};
use crate::lower::{Class, DataSet, Enum, Module, Shape};

/// The width of a line of documentation, the mark of the comment aside.
const WIDTH: usize = 96;

/// The files for these modules.
pub fn emit(modules: &[Module]) -> Files {
    let mut files = Files::new();
    for module in modules {
        files.insert(format!("{}.rs", module.name), self::module(module));
    }
    files.insert("mod.rs".to_owned(), index(modules));
    files
}

/// `mod.rs`. It is also included from `OUT_DIR`, where inner attributes are not allowed.
fn index(modules: &[Module]) -> String {
    let mut out = format!("// {}\n", index_header(modules));
    for module in modules {
        // The files are formatted already, and `cargo fmt` with other settings must not make them differ.
        out += &format!("\n#[rustfmt::skip]\npub mod {};\n", module.name);
    }
    out
}

/// The file of one package.
pub fn module(module: &Module) -> String {
    let mut doc = Writer::new(Style::Markdown, WIDTH);
    doc.paragraph(&super::doc::text(&module.title, Style::Markdown));
    doc.paragraph(&super::doc::text(&module.description, Style::Markdown));
    doc.inlines(&super::doc::source(module));

    let mut out = format!("// {}\n\n", module_header(module));
    for line in doc.finish() {
        out += format!("//! {line}").trim_end();
        out.push('\n');
    }
    out += "\n#![allow(dead_code, non_camel_case_types, non_snake_case)]\n\nuse rbindgen_runtime::generated as rb;\n\n";
    out += &format!("rb::contract!({});\n", rbindgen_runtime::CONTRACT);

    for one in &module.datasets {
        push(&mut out, &dataset(module, one));
    }
    for one in &module.classes {
        push(&mut out, &class(module, one));
    }
    for one in &module.enums {
        push(&mut out, &enumeration(one));
    }
    out
}

/// Prints items, a blank line before each and between the methods inside.
fn push(out: &mut String, items: &TokenStream) {
    let file: syn::File = syn::parse2(items.clone()).expect("generated Rust parses");
    for item in file.items {
        let one = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
        let text = prettyplease::unparse(&one);
        out.push('\n');
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            out.push_str(line);
            out.push('\n');
            if line == "    }" && lines.peek().is_some_and(|next| *next != "}") {
                out.push('\n');
            }
        }
    }
}

fn dataset(module: &Module, dataset: &DataSet) -> TokenStream {
    let mut doc = Writer::new(Style::Markdown, WIDTH);
    doc.page(&dataset.doc, &module.package);
    let doc = attributes(doc);
    let name = ident(&dataset.name);
    let (package, r_name) = (&module.package, &dataset.r_name);
    let alias = alias(&dataset.name, r_name);
    let ty = types::tokens(&dataset.ty, &quote!('_));
    quote! {
        #(#doc)*
        #alias
        pub fn #name(r: rb::R<'_>) -> rb::Result<#ty> {
            rb::dataset(r, #package, #r_name)
        }
    }
}

fn class(module: &Module, class: &Class) -> TokenStream {
    let mut doc = Writer::new(Style::Markdown, WIDTH);
    let what = match class.shape {
        Shape::Frame => "data frame",
        Shape::Record => "list",
    };
    match class.dataset {
        Some(index) => doc.paragraph(&format!("The {what} [`{}()`].", module.datasets[index].name)),
        None => doc.inlines(&super::doc::the(what, &class.r_name)),
    }
    if !class.doc.title.is_empty() {
        doc.inlines(&class.doc.title);
    }
    doc.inlines(&class.doc.summary);
    let doc = attributes(doc);
    let name = ident(&class.name);
    let (inner, macro_name) = match class.shape {
        Shape::Frame => (quote!(rb::Frame), quote!(frame_class)),
        Shape::Record => (quote!(rb::Record), quote!(record_class)),
    };
    let members = class.members.iter().map(|member| {
        let mut doc = Writer::new(Style::Markdown, WIDTH - 4);
        doc.blocks(&member.doc);
        let doc = attributes(doc);
        let name = ident(&member.name);
        let r_name = &member.r_name;
        let alias = alias(&member.name, r_name);
        let index = Literal::usize_unsuffixed(member.index);
        let ty = types::tokens(&member.ty, &quote!('r));
        let (result, body) = match (class.shape, types::is_lent(&member.ty)) {
            (Shape::Frame, true) => (quote!(&#ty), quote!(self.0.column(#index, #r_name))),
            (Shape::Record, true) => (quote!(&#ty), quote!(self.0.field(#index, #r_name))),
            (Shape::Frame, false) => (ty, quote!(self.0.as_list().get_as(#index))),
            (Shape::Record, false) => (ty, quote!(self.0.get_as(#index))),
        };
        quote! {
            #(#doc)*
            #alias
            pub fn #name(&self) -> rb::Result<#result> {
                #body
            }
        }
    });
    let methods = (!class.members.is_empty()).then(|| quote!(impl<'r> #name<'r> { #(#members)* }));
    let r_name = &class.r_name;
    quote! {
        #(#doc)*
        #[derive(Clone, Debug)]
        pub struct #name<'r>(#inner<'r>);
        rb::#macro_name!(#name, #r_name);
        #methods
    }
}

fn enumeration(one: &Enum) -> TokenStream {
    let mut doc = Writer::new(Style::Markdown, WIDTH);
    let what = if one.ordered { "levels of the ordered factor" } else { "levels of the factor" };
    doc.inlines(&super::doc::the(what, &one.r_name));
    let doc = attributes(doc);
    let name = ident(&one.name);
    let variants = one.variants.iter().map(|variant| {
        let mut doc = Writer::new(Style::Markdown, WIDTH);
        doc.inlines(&super::doc::level(&variant.level));
        let doc = attributes(doc);
        let name = ident(&variant.name);
        let level = &variant.level;
        quote!(#(#doc)* #[r(level = #level)] #name,)
    });
    quote! {
        #(#doc)*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, rb::RFactor)]
        pub enum #name {
            #(#variants)*
        }
    }
}

/// The R name for rustdoc's search, where it differs and rustc takes it (the Rustdoc Book, "doc(alias)").
fn alias(name: &str, r_name: &str) -> Option<TokenStream> {
    let taken = |c: char| !matches!(c, '"' | '\'') && (c == ' ' || !c.is_whitespace());
    let whole = !r_name.is_empty() && r_name.trim() == r_name;
    (name != r_name && whole && r_name.chars().all(taken)).then(|| quote!(#[doc(alias = #r_name)]))
}

/// Documentation as attributes; `prettyplease` prints them as `///`.
fn attributes(doc: Writer) -> Vec<TokenStream> {
    doc.finish()
        .into_iter()
        .map(|line| {
            let line = if line.is_empty() { line } else { format!(" {line}") };
            quote!(#[doc = #line])
        })
        .collect()
}

fn ident(name: &str) -> proc_macro2::Ident {
    format_ident!("{name}")
}
