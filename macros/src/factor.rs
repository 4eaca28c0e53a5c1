//! `#[derive(RFactor)]`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, LitStr, Result, Variant};

pub(crate) fn derive(input: TokenStream) -> Result<TokenStream> {
    let input: DeriveInput = syn::parse2(input)?;
    let Data::Enum(body) = &input.data else {
        return Err(Error::new_spanned(
            &input.ident,
            "RFactor is for enums: each variant is a level of the factor",
        ));
    };
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "an enum of levels has no type parameters"));
    }
    if body.variants.is_empty() {
        return Err(Error::new_spanned(&input.ident, "a factor needs at least one level"));
    }

    let mut levels: BTreeMap<String, &Variant> = BTreeMap::new();
    let mut spellings = Vec::new();
    for variant in &body.variants {
        if !matches!(variant.fields, Fields::Unit) {
            return Err(Error::new_spanned(variant, "a level has no fields"));
        }
        let (spelling, place) = spelling_of(variant)?;
        if let Some(first) = levels.insert(spelling.clone(), variant) {
            let message = format!("the level {spelling:?} is already that of `{}`", first.ident);
            return Err(Error::new(place, message));
        }
        spellings.push(spelling);
    }

    let name = &input.ident;
    let variants = body.variants.iter().map(|variant| &variant.ident);
    let text = name.to_string();
    Ok(quote! {
        impl ::rbindgen_runtime::value::RFactor for #name {
            const LEVELS: &'static [&'static str] = &[#(#spellings),*];
            const VALUES: &'static [Self] = &[#(#name::#variants),*];
        }

        ::rbindgen_runtime::scalar_conversions!([] #name);

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(::rbindgen_runtime::value::RFactor::level(*self))
            }
        }

        impl ::std::str::FromStr for #name {
            type Err = ::rbindgen_runtime::Error;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                <#name as ::rbindgen_runtime::value::RFactor>::from_level(text)
                    .ok_or_else(|| ::rbindgen_runtime::Error::unknown_level::<#name>(#text, text))
            }
        }
    })
}

/// R's spelling of a variant, and where it is written.
fn spelling_of(variant: &Variant) -> Result<(String, proc_macro2::Span)> {
    let mut spelling = None;
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("r")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("level") {
                return Err(meta.error("unknown key; `#[r(level = \"…\")]` gives R's spelling of the level"));
            }
            let text: LitStr = meta.value()?.parse()?;
            if spelling.replace((text.value(), text.span())).is_some() {
                return Err(meta.error("the level is given twice"));
            }
            Ok(())
        })?;
    }
    Ok(spelling.unwrap_or_else(|| (variant.ident.to_string(), variant.ident.span())))
}
