//! `#[derive(FromDataFrame)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Result;

use crate::record::{Record, take_parts};

pub(crate) fn derive(input: TokenStream) -> Result<TokenStream> {
    let record = Record::read(input, "FromDataFrame", true)?;
    Ok(if record.columns { by_columns(&record) } else { by_rows(&record) })
}

/// The struct is the data frame, each field a column.
fn by_columns(record: &Record) -> TokenStream {
    let (r, generics, target) = record.with_lifetime();
    let (text, take, construct) = (record.ident.to_string(), take_parts(record.known()), record.construct());
    quote! {
        impl #generics ::rbindgen_runtime::FromR<#r> for #target {
            fn from_r(
                rb_value: ::rbindgen_runtime::value::Value<#r>,
            ) -> ::rbindgen_runtime::Result<Self> {
                #[allow(unused_mut)]
                let mut rb_parts = ::rbindgen_runtime::derive::Parts::of_data_frame(#text, rb_value)?;
                #take
                ::std::result::Result::Ok(#construct)
            }
        }

        impl #generics ::rbindgen_runtime::convert::FromOption<#r> for #target {}
    }
}

/// The struct is a row: a `Vec` of it is the data frame.
fn by_rows(record: &Record) -> TokenStream {
    let (r, generics, target) = record.with_lifetime();
    let (text, construct) = (record.ident.to_string(), record.construct());
    let takes = record.known().map(|field| {
        let (local, ty, name) = (field.local(), &field.ty, &field.name);
        let take = if field.default { quote!(column_or_default) } else { quote!(column) };
        quote!(let #local = rb_parts.#take::<#ty>(#name);)
    });
    let locals: Vec<_> = record.known().map(|field| field.local()).collect();
    quote! {
        impl #generics ::rbindgen_runtime::convert::FromVector<#r> for #target {
            fn from_vector(
                rb_value: ::rbindgen_runtime::value::Value<#r>,
            ) -> ::rbindgen_runtime::Result<::std::vec::Vec<Self>> {
                #[allow(unused_mut)]
                let mut rb_parts = ::rbindgen_runtime::derive::Parts::of_data_frame(#text, rb_value)?;
                #(#takes)*
                #(let ::std::option::Option::Some(mut #locals) = #locals else {
                    return ::std::result::Result::Err(rb_parts.failure());
                };)*
                let mut rb_rows = ::std::vec::Vec::with_capacity(rb_parts.rows());
                for _ in 0..rb_parts.rows() {
                    // Every column has as many elements as there are rows.
                    #(let ::std::option::Option::Some(#locals) = #locals.next() else { break };)*
                    rb_rows.push(#construct);
                }
                ::std::result::Result::Ok(rb_rows)
            }
        }
    }
}
