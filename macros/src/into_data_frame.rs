//! `#[derive(IntoDataFrame)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Result;

use crate::into_list;
use crate::record::Record;

pub(crate) fn derive(input: TokenStream) -> Result<TokenStream> {
    let record = Record::read(input, "IntoDataFrame", true)?;
    Ok(if record.columns { into_list::whole(&record, &quote!(data_frame)) } else { by_rows(&record) })
}

/// The struct is a row: a sequence of it is the data frame.
fn by_rows(record: &Record) -> TokenStream {
    let (generics, target) = record.without_lifetime();
    let text = record.ident.to_string();
    let names: Vec<&str> = record.known().map(|field| field.name.as_str()).collect();
    let (idents, types): (Vec<_>, Vec<_>) = record.known().map(|field| (&field.ident, &field.ty)).unzip();
    quote! {
        impl #generics ::rbindgen_runtime::convert::IntoVector for #target {
            fn into_vector<'rb_a, 'rb_r>(
                r: ::rbindgen_runtime::R<'rb_r>,
                rb_items: impl ::std::iter::ExactSizeIterator<Item = &'rb_a Self> + ::std::clone::Clone,
            ) -> ::rbindgen_runtime::Result<::rbindgen_runtime::value::Value<'rb_r>>
            where
                Self: 'rb_a,
            {
                ::rbindgen_runtime::derive::data_frame_of_rows(
                    r,
                    #text,
                    rb_items.len(),
                    &[#(#names),*],
                    [#(<#types as ::rbindgen_runtime::convert::IntoVector>::into_vector(
                        r,
                        rb_items.clone().map(|rb_item| &rb_item.#idents),
                    )),*],
                )
            }
        }
    }
}
