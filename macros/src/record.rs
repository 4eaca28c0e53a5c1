//! What all derives for structs read: the fields, their names in R, and what the attributes say.

use std::collections::BTreeMap;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Fields, Generics, Ident, Lifetime, LitStr, Result, Type};

/// A struct with named fields.
pub(crate) struct Record {
    pub(crate) ident: Ident,
    /// The lifetime of R's values in the struct, where it has one.
    lifetime: Option<Lifetime>,
    pub(crate) fields: Vec<Field>,
    /// Whether each field is a whole column: `#[r(columns)]`.
    pub(crate) columns: bool,
}

pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// R's name of it.
    pub(crate) name: String,
    /// Whether R knows nothing of it: `#[r(skip)]`.
    pub(crate) skip: bool,
    /// Whether it may be absent: `#[r(default)]`.
    pub(crate) default: bool,
}

impl Record {
    /// Reads the struct. `derive` is the derive's name; `by_columns` says whether `#[r(columns)]` means something to it.
    pub(crate) fn read(input: TokenStream, derive: &str, by_columns: bool) -> Result<Record> {
        let input: DeriveInput = syn::parse2(input)?;
        let wrong = |tokens: &dyn quote::ToTokens, message: &str| {
            Error::new_spanned(tokens, format!("{derive} {message}"))
        };
        let Data::Struct(body) = &input.data else {
            return Err(wrong(&input.ident, "is for structs: each field has a name in R"));
        };
        let Fields::Named(named) = &body.fields else {
            return Err(wrong(&input.ident, "is for structs with named fields: the names are those in R"));
        };
        let lifetime = lifetime_of(&input.generics).map_err(|tokens| {
            wrong(&tokens, "takes no type parameters, and one lifetime at most: that of R's values")
        })?;
        let columns = columns_of(&input, by_columns)?;
        let fields = named.named.iter().map(Field::read).collect::<Result<Vec<_>>>()?;
        let mut names = BTreeMap::new();
        for (field, source) in fields.iter().zip(&named.named).filter(|(field, _)| !field.skip) {
            if let Some(first) = names.insert(&field.name, &field.ident) {
                let message = format!("the name {:?} is already that of `{first}`", field.name);
                return Err(Error::new_spanned(source, message));
            }
        }
        Ok(Record { ident: input.ident, lifetime, fields, columns })
    }

    /// The lifetime for R's values, the generics of an implementation that has it, and the type.
    pub(crate) fn with_lifetime(&self) -> (Lifetime, TokenStream, TokenStream) {
        let ident = &self.ident;
        match &self.lifetime {
            Some(lifetime) => (lifetime.clone(), quote!(<#lifetime>), quote!(#ident<#lifetime>)),
            None => {
                let lifetime = Lifetime::new("'rb_r", Span::call_site());
                (lifetime.clone(), quote!(<#lifetime>), quote!(#ident))
            }
        }
    }

    /// The generics of an implementation that needs no lifetime of its own, and the type.
    pub(crate) fn without_lifetime(&self) -> (TokenStream, TokenStream) {
        let ident = &self.ident;
        match &self.lifetime {
            Some(lifetime) => (quote!(<#lifetime>), quote!(#ident<#lifetime>)),
            None => (quote!(), quote!(#ident)),
        }
    }

    /// The fields that R knows of.
    pub(crate) fn known(&self) -> impl Iterator<Item = &Field> + Clone {
        self.fields.iter().filter(|field| !field.skip)
    }

    /// The struct out of a local for each known field; the others are defaults.
    pub(crate) fn construct(&self) -> TokenStream {
        let ident = &self.ident;
        let fields = self.fields.iter().map(|field| {
            let (name, local) = (&field.ident, field.local());
            if field.skip { quote!(#name: ::std::default::Default::default()) } else { quote!(#name: #local) }
        });
        quote!(#ident { #(#fields),* })
    }
}

impl Field {
    fn read(field: &syn::Field) -> Result<Field> {
        let ident = field.ident.clone().ok_or_else(|| Error::new(field.span(), "a field without a name"))?;
        let (mut name, mut skip, mut default) = (None, false, false);
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("r")) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("name") {
                    let text: LitStr = meta.value()?.parse()?;
                    if name.replace(text).is_some() {
                        return Err(meta.error("the name is given twice"));
                    }
                } else if meta.path.is_ident("skip") {
                    skip = true;
                } else if meta.path.is_ident("default") {
                    default = true;
                } else {
                    return Err(meta.error(
                        "unknown key; a field takes `#[r(name = \"…\")]`, `#[r(default)]` and `#[r(skip)]`",
                    ));
                }
                Ok(())
            })?;
        }
        if let (true, Some(name)) = (skip, &name) {
            return Err(Error::new_spanned(name, "a field that is skipped has no name in R"));
        }
        let name = name.map_or_else(|| ident.unraw().to_string(), |name| name.value());
        Ok(Field { ident, ty: field.ty.clone(), name, skip, default })
    }

    /// The variable that holds the field, or its column, in generated code.
    pub(crate) fn local(&self) -> Ident {
        quote::format_ident!("rb_field_{}", self.ident.unraw())
    }
}

/// The struct's one lifetime, or what is not allowed.
fn lifetime_of(generics: &Generics) -> std::result::Result<Option<Lifetime>, TokenStream> {
    let mut lifetimes = generics.lifetimes();
    let first = lifetimes.next();
    if lifetimes.next().is_some() || generics.params.len() > usize::from(first.is_some()) {
        return Err(quote!(#generics));
    }
    Ok(first.map(|first| first.lifetime.clone()))
}

fn columns_of(input: &DeriveInput, by_columns: bool) -> Result<bool> {
    let mut columns = false;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("r")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("columns") {
                return Err(meta.error("unknown key; `#[r(columns)]` makes each field a whole column"));
            }
            columns = true;
            Ok(())
        })?;
        if columns && !by_columns {
            let message = "`columns` is for FromDataFrame and IntoDataFrame; a list has elements";
            return Err(Error::new_spanned(attribute, message));
        }
    }
    Ok(columns)
}

/// Reads every known field from the parts of an R value into a local `Option`, then takes them all out, or fails with everything
/// that is wrong.
pub(crate) fn take_parts<'a>(fields: impl Iterator<Item = &'a Field> + Clone) -> TokenStream {
    let takes = fields.clone().map(|field| {
        let (local, ty, name) = (field.local(), &field.ty, &field.name);
        let take = if field.default { quote!(take_or_default) } else { quote!(take) };
        quote!(let #local = rb_parts.#take::<#ty>(#name);)
    });
    let locals = fields.map(Field::local);
    quote! {
        #(#takes)*
        #(let ::std::option::Option::Some(#locals) = #locals else {
            return ::std::result::Result::Err(rb_parts.failure());
        };)*
    }
}
