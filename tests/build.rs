//! Generates bindings for `datasets` with `Builder`, and, from the generated text, a program that calls everything in it.
//!
//! The differential test has to go through every data set and every column by the functions that users call. Their
//! names and types are taken from the generated code itself.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use quote::ToTokens;
use syn::{Expr, FnArg, Item, ItemFn, ItemImpl, Lit};

/// Packages of `error-packages` with data sets of every kind of R object, and with odd names.
const PACKAGES: [&str; 3] = ["data.unlazy", "every.type", "odd.names"];

/// Packages of `hostile-packages` with data sets: what is generated for them is compiled.
const HOSTILE: [&str; 4] = ["hostile.bindings", "hostile.latin1", "hostile.names", "hostile.text"];

fn main() -> Result<(), rbindgen::Error> {
    rbindgen::Builder::new().package("datasets").generate()?.write_to_out_dir()?;
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    write(&out.join("driver.rs"), &driver(&read(&out.join("rbindgen/datasets.rs"))));

    let library = out.join("library");
    let install = Path::new(env!("CARGO_MANIFEST_DIR")).join("error-packages/install.sh");
    println!("cargo::rerun-if-changed=error-packages");
    let installed = Command::new("sh").arg(install).arg(&library).args(PACKAGES).status().expect("sh");
    assert!(installed.success(), "error-packages/install.sh failed");
    let builder =
        PACKAGES.iter().fold(rbindgen::Builder::new(), |builder, package| builder.package(*package));
    builder.libraries([library]).rust(out.join("other")).generate()?.write()?;
    let library = out.join("hostile-library");
    let install = Path::new(env!("CARGO_MANIFEST_DIR")).join("hostile-packages/install.sh");
    println!("cargo::rerun-if-changed=hostile-packages");
    let installed = Command::new("sh").arg(install).arg(&library).args(HOSTILE).output().expect("sh");
    assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    let builder = HOSTILE.iter().fold(rbindgen::Builder::new(), |builder, package| builder.package(*package));
    builder.libraries([library]).rust(out.join("hostile")).generate()?.write()?;

    let mut visits = String::new();
    for package in PACKAGES {
        let module = package.replace('.', "_");
        let generated = read(&out.join("other").join(&module).with_extension("rs"));
        writeln!(visits, "visitor.package({package:?});").unwrap();
        for (function, name) in generated.items.iter().filter_map(data_set) {
            writeln!(visits, "visitor.data_set({name:?}, bindings::{module}::{function}(r)?.into())?;")
                .unwrap();
        }
    }
    let driver = format!(
        "pub fn visit(r: R<'_>, visitor: &mut impl Visitor) -> Result<(), Error> {{\n{visits}    Ok(())\n}}\n"
    );
    write(&out.join("other_driver.rs"), &driver);
    Ok(())
}

fn read(path: &Path) -> syn::File {
    let text = std::fs::read_to_string(path).expect("a generated module");
    syn::parse_file(&text).expect("generated code parses")
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("OUT_DIR can be written");
}

/// The name of a function that loads a data set, and R's name of the set.
fn data_set(item: &Item) -> Option<(String, String)> {
    let Item::Fn(function) = item else { return None };
    Some((function.sig.ident.to_string(), called_with(function)?))
}

/// A function that visits every data set and every member of its class.
fn driver(file: &syn::File) -> String {
    let members: Vec<(String, Vec<Member>)> = file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Impl(block) if block.trait_.is_none() => Some(members(block)),
            _ => None,
        })
        .collect();
    let mut code =
        String::from("pub fn visit(r: R<'_>, visitor: &mut impl Visitor) -> Result<(), Error> {\n");
    for item in &file.items {
        let (Item::Fn(function), Some((name, data_set))) = (item, data_set(item)) else { continue };
        let returned = function.sig.output.to_token_stream().to_string();
        writeln!(code, "    {{ let x = bindings::{name}(r)?;").unwrap();
        for (class, members) in &members {
            if returned.contains(&format!("< {class} <")) {
                for Member { method, r_name, index } in members {
                    writeln!(
                        code,
                        "      visitor.member({data_set:?}, {index}, {r_name:?}, x.{method}()?)?;"
                    )
                    .unwrap();
                }
            }
        }
        writeln!(code, "      visitor.data_set({data_set:?}, x.into())?; }}").unwrap();
    }
    code.push_str("    Ok(())\n}\n");
    code
}

/// The R name of the data set that a generated function loads: the last argument of `rb::dataset`.
fn called_with(function: &ItemFn) -> Option<String> {
    let takes_r =
        matches!(function.sig.inputs.first(), Some(FnArg::Typed(_))) && function.sig.inputs.len() == 1;
    let Some(syn::Stmt::Expr(Expr::Call(call), None)) = function.block.stmts.last() else { return None };
    takes_r.then(|| text(call.args.last()?)).flatten()
}

struct Member {
    method: String,
    r_name: String,
    index: String,
}

/// The accessors of a class: each is one call of `column` or `field`.
fn members(block: &ItemImpl) -> (String, Vec<Member>) {
    let class = block.self_ty.to_token_stream().to_string();
    let class = class.split(' ').next().unwrap_or_default().to_owned();
    let mut members = Vec::new();
    for item in &block.items {
        let syn::ImplItem::Fn(method) = item else { continue };
        let Some(syn::Stmt::Expr(Expr::MethodCall(call), None)) = method.block.stmts.last() else { continue };
        let (Some(index), Some(r_name)) = (call.args.first(), call.args.last().and_then(text)) else {
            continue;
        };
        members.push(Member {
            method: method.sig.ident.to_string(),
            r_name,
            index: index.to_token_stream().to_string(),
        });
    }
    (class, members)
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
