//! `#[derive(IntoList)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Result;

use crate::record::Record;

pub(crate) fn derive(input: TokenStream) -> Result<TokenStream> {
    let record = Record::read(input, "IntoList", false)?;
    let (generics, target) = record.without_lifetime();
    let whole = whole(&record, &quote!(named_list));
    Ok(quote! {
        #whole

        impl #generics ::rbindgen_runtime::convert::IntoVector for #target {
            fn into_vector<'rb_a, 'rb_r>(
                r: ::rbindgen_runtime::R<'rb_r>,
                rb_items: impl ::std::iter::ExactSizeIterator<Item = &'rb_a Self> + ::std::clone::Clone,
            ) -> ::rbindgen_runtime::Result<::rbindgen_runtime::value::Value<'rb_r>>
            where
                Self: 'rb_a,
            {
                ::rbindgen_runtime::derive::into_list(r, rb_items)
            }
        }
    })
}

/// The conversions of a struct whose fields become the elements of one R value, which `make` puts together.
pub(crate) fn whole(record: &Record, make: &TokenStream) -> TokenStream {
    let (generics, target) = record.without_lifetime();
    let text = record.ident.to_string();
    let names: Vec<&str> = record.known().map(|field| field.name.as_str()).collect();
    let idents = record.known().map(|field| &field.ident);
    quote! {
        impl #generics ::rbindgen_runtime::convert::ToR for #target {
            fn to_r<'rb_r>(
                &self,
                r: ::rbindgen_runtime::R<'rb_r>,
            ) -> ::rbindgen_runtime::Result<::rbindgen_runtime::value::Value<'rb_r>> {
                ::rbindgen_runtime::derive::#make(
                    r,
                    #text,
                    &[#(#names),*],
                    [#(::rbindgen_runtime::convert::ToR::to_r(&self.#idents, r)),*],
                )
            }
        }

        impl #generics ::rbindgen_runtime::IntoR for #target {
            fn into_r<'rb_r>(
                self,
                r: ::rbindgen_runtime::R<'rb_r>,
            ) -> ::rbindgen_runtime::Result<::rbindgen_runtime::value::Value<'rb_r>> {
                ::rbindgen_runtime::convert::ToR::to_r(&self, r)
            }
        }

        impl #generics ::rbindgen_runtime::IntoR for &#target {
            fn into_r<'rb_r>(
                self,
                r: ::rbindgen_runtime::R<'rb_r>,
            ) -> ::rbindgen_runtime::Result<::rbindgen_runtime::value::Value<'rb_r>> {
                ::rbindgen_runtime::convert::ToR::to_r(self, r)
            }
        }

        impl #generics ::rbindgen_runtime::convert::IntoOption for #target {}
        impl #generics ::rbindgen_runtime::convert::IntoOption for &#target {}
    }
}
