//! `#[derive(FromList)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Result;

use crate::record::{Record, take_parts};

pub(crate) fn derive(input: TokenStream) -> Result<TokenStream> {
    let record = Record::read(input, "FromList", false)?;
    let (r, generics, target) = record.with_lifetime();
    let (text, take, construct) = (record.ident.to_string(), take_parts(record.known()), record.construct());
    Ok(quote! {
        impl #generics ::rbindgen_runtime::FromR<#r> for #target {
            fn from_r(
                rb_value: ::rbindgen_runtime::value::Value<#r>,
            ) -> ::rbindgen_runtime::Result<Self> {
                #[allow(unused_mut)]
                let mut rb_parts = ::rbindgen_runtime::derive::Parts::of_list(#text, rb_value)?;
                #take
                ::std::result::Result::Ok(#construct)
            }
        }

        impl #generics ::rbindgen_runtime::convert::FromVector<#r> for #target {
            fn from_vector(
                rb_value: ::rbindgen_runtime::value::Value<#r>,
            ) -> ::rbindgen_runtime::Result<::std::vec::Vec<Self>> {
                ::rbindgen_runtime::derive::from_list(rb_value)
            }
        }

        impl #generics ::rbindgen_runtime::convert::FromOption<#r> for #target {}
    })
}
