//! Types as tokens.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::infer::Atomic;
use crate::lower::TypeRef;

/// The Rust type for `ty`, with this lifetime.
pub fn tokens(ty: &TypeRef, lifetime: &TokenStream) -> TokenStream {
    match ty {
        TypeRef::Vector(atomic) => vector(*atomic, lifetime),
        TypeRef::Matrix(atomic) => {
            let element = vector(*atomic, lifetime);
            quote!(rb::Matrix<#element>)
        }
        TypeRef::Array(atomic) => {
            let element = vector(*atomic, lifetime);
            quote!(rb::Array<#element>)
        }
        TypeRef::TimeSeries(inner) => {
            let inner = tokens(inner, lifetime);
            quote!(rb::TimeSeries<#inner>)
        }
        TypeRef::Factor(levels) => {
            let levels = format_ident!("{levels}");
            quote!(rb::FactorOf<#lifetime, #levels>)
        }
        TypeRef::OpenFactor => quote!(rb::Factor<#lifetime>),
        TypeRef::Class(name) => {
            let name = format_ident!("{name}");
            quote!(#name<#lifetime>)
        }
        TypeRef::List => quote!(rb::List<#lifetime>),
        TypeRef::Function => quote!(rb::Function<#lifetime>),
        TypeRef::Environment => quote!(rb::Environment<#lifetime>),
        TypeRef::Any => quote!(rb::Value<#lifetime>),
    }
}

/// Whether a list can lend a value of this type: a generated class holds more than the value, and an untyped value is not
/// a wrapper.
pub fn is_lent(ty: &TypeRef) -> bool {
    !matches!(ty, TypeRef::Class(_) | TypeRef::Any)
}

fn vector(atomic: Atomic, lifetime: &TokenStream) -> TokenStream {
    match atomic {
        Atomic::Logical => quote!(rb::Logical<#lifetime>),
        Atomic::Integer => quote!(rb::Integer<#lifetime>),
        Atomic::Double => quote!(rb::Double<#lifetime>),
        Atomic::Complex => quote!(rb::Complex<#lifetime>),
        Atomic::Character => quote!(rb::Character<#lifetime>),
        Atomic::Raw => quote!(rb::Raw<#lifetime>),
    }
}
