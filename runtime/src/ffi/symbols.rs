//! The table of R's functions and variables.
//!
//! A line of [`functions!`] declares a field of [`Table`], the function of the same name that calls it, and the check
//! against libR-sys. R's functions are `extern "C-unwind"` here although libR-sys says `extern "C"`: a call
//! that R leaves by `longjmp` must not be one that the compiler believes to return.

#![allow(non_snake_case, non_upper_case_globals, clippy::too_many_arguments)]

use std::ffi::{c_char, c_int, c_void};
use std::sync::OnceLock;

use libR_sys::{
    DllInfo, ParseStatus, R_altrep_class_t as Class, R_inpstream_st, R_outpstream_st, R_pstream_format_t,
    R_xlen_t, Rboolean, Rcomplex, SEXP, SEXPTYPE, cetype_t,
};

use super::library::{Library, OpenError};
use crate::na::{RBool, RComplex, RInt};

/// A callback that R runs and that R may leave by a jump.
pub(crate) type Body<T> = unsafe extern "C-unwind" fn(*mut c_void) -> T;
/// The handler of `R_withCallingErrorHandler`.
pub(crate) type Handler = unsafe extern "C-unwind" fn(SEXP, *mut c_void) -> SEXP;

// The methods of an ALTREP class (R_ext/Altrep.h). R's `Rboolean` arrives as the C int that it is.
pub(crate) type Length = unsafe extern "C-unwind" fn(SEXP) -> R_xlen_t;
pub(crate) type Duplicate = unsafe extern "C-unwind" fn(SEXP, c_int) -> SEXP;
pub(crate) type Inspect = unsafe extern "C-unwind" fn(SEXP, c_int, c_int, c_int, *const c_void) -> c_int;
pub(crate) type Dataptr = unsafe extern "C-unwind" fn(SEXP, c_int) -> *mut c_void;
pub(crate) type DataptrOrNull = unsafe extern "C-unwind" fn(SEXP) -> *const c_void;
pub(crate) type Elt<E> = unsafe extern "C-unwind" fn(SEXP, R_xlen_t) -> E;
pub(crate) type SetElt<E> = unsafe extern "C-unwind" fn(SEXP, R_xlen_t, E);
/// From where, how many, to where; it returns how many there were.
pub(crate) type GetRegion<E> = unsafe extern "C-unwind" fn(SEXP, R_xlen_t, R_xlen_t, *mut E) -> R_xlen_t;
/// What R calls before it frees an object.
pub(crate) type Finalizer = unsafe extern "C-unwind" fn(SEXP);

/// What `R_UnwindProtect` runs when it is left.
pub(crate) type CleanUp = unsafe extern "C-unwind" fn(*mut c_void, Rboolean);
/// What `.External` calls.
pub(crate) type Trampoline = unsafe extern "C-unwind" fn(SEXP) -> SEXP;

static TABLE: OnceLock<Table> = OnceLock::new();

/// The table. R must have been started.
#[inline(always)]
fn table() -> &'static Table {
    debug_assert!(TABLE.get().is_some(), "R's C API was used before libR was opened");
    // SAFETY: every caller holds R's lock, which is handed out only after `fill` succeeded.
    unsafe { TABLE.get().unwrap_unchecked() }
}

/// Looks every symbol up in `library`; a no-op when that has happened.
pub(crate) fn fill(library: &Library) -> Result<(), OpenError> {
    if TABLE.get().is_none() {
        let table = Table::load(library)?;
        super::compat::fill(library)?;
        let _ = TABLE.set(table);
    }
    Ok(())
}

macro_rules! table {
    (
        checked { $( $(#[$cm:meta])* fn $cf:ident($($ca:ident: $ct:ty),*) $(-> $cr:ty)?; )* }
        declared { $( $(#[$dm:meta])* fn $df:ident($($da:ident: $dt:ty),*) $(-> $dr:ty)?; )* }
        formatted { $( $(#[$fm:meta])* fn $ff:ident() $(-> $fr:ty)?; )* }
        checked_statics { $( $(#[$sm:meta])* static $sf:ident: $st:ty; )* }
        declared_statics { $( $(#[$vm:meta])* static $vf:ident: $vt:ty; )* }
    ) => {
        /// Pointers into libR, one a symbol.
        pub(crate) struct Table {
            $( $cf: unsafe extern "C-unwind" fn($($ct),*) $(-> $cr)?, )*
            $( $df: unsafe extern "C-unwind" fn($($dt),*) $(-> $dr)?, )*
            $( $ff: unsafe extern "C-unwind" fn(*const c_char, ...) $(-> $fr)?, )*
            $( $sf: *mut $st, )*
            $( $vf: *mut $vt, )*
        }

        // SAFETY: the pointers are addresses of libR's code and data, which stay mapped until the process ends; what
        // they lead to is used under R's lock only.
        unsafe impl Send for Table {}
        // SAFETY: as above.
        unsafe impl Sync for Table {}

        impl Table {
            fn load(library: &Library) -> Result<Table, OpenError> {
                // SAFETY: the types are those of R's headers: the checked ones agree with libR-sys (below), the
                // declared ones were compared with the headers by hand.
                unsafe {
                    Ok(Table {
                        $( $cf: library.function(stringify!($cf))?, )*
                        $( $df: library.function(stringify!($df))?, )*
                        $( $ff: library.function(stringify!($ff))?, )*
                        $( $sf: library.variable(stringify!($sf))?, )*
                        $( $vf: library.variable(stringify!($vf))?, )*
                    })
                }
            }
        }

        // Never called and never compiled to code: the compiler only compares the types, the linker sees nothing.
        const _: () = {
            #[allow(dead_code)]
            fn agrees_with_libr_sys() {
                $( let _: unsafe extern "C" fn($($ct),*) $(-> $cr)? = libR_sys::$cf; )*
                $( let _: unsafe extern "C" fn(*const c_char, ...) $(-> $fr)? = libR_sys::$ff; )*
                $( let _: *mut $st = &raw mut libR_sys::$sf; )*
            }
        };

        $(
            $(#[$cm])*
            #[inline(always)]
            pub(crate) unsafe fn $cf($($ca: $ct),*) $(-> $cr)? {
                // SAFETY: the caller keeps the rules of `ffi`.
                unsafe { (table().$cf)($($ca),*) }
            }
        )*
        $(
            $(#[$dm])*
            #[inline(always)]
            pub(crate) unsafe fn $df($($da: $dt),*) $(-> $dr)? {
                // SAFETY: the caller keeps the rules of `ffi`.
                unsafe { (table().$df)($($da),*) }
            }
        )*
        $(
            $(#[$fm])*
            #[inline(always)]
            pub(crate) unsafe fn $ff(text: *const c_char) $(-> $fr)? {
                // SAFETY: the caller keeps the rules of `ffi`; the format takes one C string.
                unsafe { (table().$ff)(c"%s".as_ptr(), text) }
            }
        )*
        $(
            $(#[$sm])*
            #[inline(always)]
            pub(crate) unsafe fn $sf() -> $st {
                // SAFETY: the caller keeps the rules of `ffi`; R set the variable when it started.
                unsafe { *table().$sf }
            }
        )*
        $(
            $(#[$vm])*
            #[inline(always)]
            pub(crate) unsafe fn $vf() -> *mut $vt {
                table().$vf
            }
        )*
    };
}

table! {
    checked {
        // Starting.
        fn Rf_initialize_R(argc: c_int, argv: *mut *mut c_char) -> c_int;
        fn setup_Rmainloop();

        // Types and lengths.
        fn Rf_xlength(x: SEXP) -> R_xlen_t;
        fn LENGTH(x: SEXP) -> c_int;
        fn ALTREP(x: SEXP) -> c_int;
        fn R_altrep_data1(x: SEXP) -> SEXP;
        fn R_altrep_data2(x: SEXP) -> SEXP;

        // Vectors. The pointers of an ALTREP vector are made on demand: those calls may jump.
        /// May jump.
        fn Rf_allocVector(kind: SEXPTYPE, length: R_xlen_t) -> SEXP;
        /// May jump where `x` is ALTREP.
        fn DATAPTR_RO(x: SEXP) -> *const c_void;
        /// Null where `x` is ALTREP and has no memory yet; may jump where it is ALTREP.
        fn DATAPTR_OR_NULL(x: SEXP) -> *const c_void;
        /// May jump where `x` is ALTREP.
        fn STRING_PTR_RO(x: SEXP) -> *const SEXP;
        /// May jump where `x` is ALTREP.
        fn LOGICAL_GET_REGION(x: SEXP, start: R_xlen_t, count: R_xlen_t, target: *mut c_int) -> R_xlen_t;
        /// May jump where `x` is ALTREP.
        fn INTEGER_GET_REGION(x: SEXP, start: R_xlen_t, count: R_xlen_t, target: *mut c_int) -> R_xlen_t;
        /// May jump where `x` is ALTREP.
        fn REAL_GET_REGION(x: SEXP, start: R_xlen_t, count: R_xlen_t, target: *mut f64) -> R_xlen_t;
        /// May jump where `x` is ALTREP.
        fn COMPLEX_GET_REGION(x: SEXP, start: R_xlen_t, count: R_xlen_t, target: *mut Rcomplex) -> R_xlen_t;
        /// May jump where `x` is ALTREP.
        fn RAW_GET_REGION(x: SEXP, start: R_xlen_t, count: R_xlen_t, target: *mut u8) -> R_xlen_t;
        /// May jump where `x` is ALTREP.
        fn LOGICAL(x: SEXP) -> *mut c_int;
        /// May jump where `x` is ALTREP.
        fn INTEGER(x: SEXP) -> *mut c_int;
        /// May jump where `x` is ALTREP.
        fn REAL(x: SEXP) -> *mut f64;
        /// May jump where `x` is ALTREP.
        fn COMPLEX(x: SEXP) -> *mut Rcomplex;
        /// May jump where `x` is ALTREP.
        fn RAW(x: SEXP) -> *mut u8;
        /// May jump where `x` is ALTREP.
        fn STRING_ELT(x: SEXP, i: R_xlen_t) -> SEXP;
        /// May jump.
        fn SET_STRING_ELT(x: SEXP, i: R_xlen_t, value: SEXP);
        /// May jump where `x` is ALTREP, which a list may be since R 4.3.
        fn VECTOR_ELT(x: SEXP, i: R_xlen_t) -> SEXP;
        fn SET_VECTOR_ELT(x: SEXP, i: R_xlen_t, value: SEXP) -> SEXP;

        // Strings.
        /// May jump.
        fn Rf_mkCharLenCE(text: *const c_char, length: c_int, encoding: cetype_t) -> SEXP;
        fn Rf_getCharCE(x: SEXP) -> cetype_t;
        fn R_CHAR(x: SEXP) -> *const c_char;
        /// May jump; the text lives until `vmaxset`.
        fn Rf_translateCharUTF8(x: SEXP) -> *const c_char;
        fn vmaxget() -> *mut c_void;
        fn vmaxset(mark: *const c_void);

        // Attributes.
        /// May jump.
        fn Rf_getAttrib(x: SEXP, name: SEXP) -> SEXP;
        fn Rf_isObject(x: SEXP) -> Rboolean;
        /// May jump.
        fn Rf_setAttrib(x: SEXP, name: SEXP, value: SEXP) -> SEXP;
        fn Rf_inherits(x: SEXP, class: *const c_char) -> Rboolean;
        /// May jump.
        fn Rf_installTrChar(name: SEXP) -> SEXP;
        /// May jump.
        fn Rf_ScalarLogical(value: c_int) -> SEXP;
        /// May jump.
        fn Rf_ScalarInteger(value: c_int) -> SEXP;
        /// May jump.
        fn Rf_ScalarReal(value: f64) -> SEXP;
        /// May jump.
        fn Rf_ScalarString(value: SEXP) -> SEXP;
        /// May jump.
        fn Rf_install(name: *const c_char) -> SEXP;
        fn PRINTNAME(symbol: SEXP) -> SEXP;

        // S4.
        /// May jump.
        fn R_do_slot(x: SEXP, name: SEXP) -> SEXP;
        fn R_has_slot(x: SEXP, name: SEXP) -> c_int;
        /// May jump.
        fn Rf_shallow_duplicate(x: SEXP) -> SEXP;
        /// May jump.
        fn Rf_duplicate(x: SEXP) -> SEXP;

        // Memory.
        fn Rf_protect(x: SEXP) -> SEXP;
        fn Rf_unprotect(count: c_int);
        /// May jump.
        fn R_PreserveObject(x: SEXP);

        // Language objects and evaluation.
        /// May jump.
        fn Rf_cons(car: SEXP, cdr: SEXP) -> SEXP;
        /// May jump.
        fn Rf_lcons(car: SEXP, cdr: SEXP) -> SEXP;
        fn CAR(x: SEXP) -> SEXP;
        fn CDR(x: SEXP) -> SEXP;
        fn TAG(x: SEXP) -> SEXP;
        fn SET_TAG(x: SEXP, tag: SEXP);
        /// May jump.
        fn Rf_eval(call: SEXP, environment: SEXP) -> SEXP;
        /// May jump: it raises an R error with the position.
        fn R_ParseVector(text: SEXP, n: c_int, status: *mut ParseStatus, source: SEXP) -> SEXP;
        /// May jump.
        fn R_CheckUserInterrupt();
        /// May jump.
        fn R_MakeUnwindCont() -> SEXP;
        // Random numbers; a generator that the user supplied may jump.
        /// May jump.
        fn GetRNGstate();
        /// May jump.
        fn PutRNGstate();
        fn unif_rand() -> f64;
        fn norm_rand() -> f64;
        fn exp_rand() -> f64;

        fn R_compute_identical(x: SEXP, y: SEXP, flags: c_int) -> Rboolean;

        // Objects of ours that R keeps.
        /// May jump.
        fn R_MakeExternalPtr(address: *mut c_void, tag: SEXP, protected: SEXP) -> SEXP;
        fn R_ExternalPtrAddr(pointer: SEXP) -> *mut c_void;
        fn R_ExternalPtrTag(pointer: SEXP) -> SEXP;
        fn R_SetExternalPtrAddr(pointer: SEXP, address: *mut c_void);
        fn R_ClearExternalPtr(pointer: SEXP);

        // ALTREP classes.
        fn R_getEmbeddingDllInfo() -> *mut DllInfo;
        /// May jump.
        fn R_make_altlogical_class(name: *const c_char, package: *const c_char, dll: *mut DllInfo) -> Class;
        /// May jump.
        fn R_make_altinteger_class(name: *const c_char, package: *const c_char, dll: *mut DllInfo) -> Class;
        /// May jump.
        fn R_make_altreal_class(name: *const c_char, package: *const c_char, dll: *mut DllInfo) -> Class;
        /// May jump.
        fn R_make_altcomplex_class(name: *const c_char, package: *const c_char, dll: *mut DllInfo) -> Class;
        /// May jump.
        fn R_make_altraw_class(name: *const c_char, package: *const c_char, dll: *mut DllInfo) -> Class;
        /// May jump.
        fn R_make_altstring_class(name: *const c_char, package: *const c_char, dll: *mut DllInfo) -> Class;
        /// May jump.
        fn R_new_altrep(class: Class, data1: SEXP, data2: SEXP) -> SEXP;
        fn R_altrep_inherits(x: SEXP, class: Class) -> Rboolean;
        fn R_set_altrep_data2(x: SEXP, value: SEXP);
    }
    declared {
        // libR-sys makes this an enum; a type that it does not know would be undefined behaviour.
        fn TYPEOF(x: SEXP) -> c_int;
        // Rinternals.h; libR-sys leaves it out, and R 4.6 no longer counts `IS_S4_OBJECT` to its API.
        fn Rf_isS4(x: SEXP) -> Rboolean;
        // libR-sys declares the callbacks as functions that cannot be left by a jump.
        fn R_ToplevelExec(body: Body<()>, data: *mut c_void) -> Rboolean;
        /// May jump.
        fn R_withCallingErrorHandler(
            body: Body<SEXP>,
            body_data: *mut c_void,
            handler: Handler,
            handler_data: *mut c_void
        ) -> SEXP;
        /// May jump.
        fn R_RegisterCFinalizerEx(x: SEXP, finalizer: Finalizer, at_exit: Rboolean);
        fn R_set_altrep_Length_method(class: Class, method: Length);
        fn R_set_altrep_Duplicate_method(class: Class, method: Duplicate);
        fn R_set_altrep_Inspect_method(class: Class, method: Inspect);
        fn R_set_altvec_Dataptr_method(class: Class, method: Dataptr);
        fn R_set_altvec_Dataptr_or_null_method(class: Class, method: DataptrOrNull);
        fn R_set_altlogical_Elt_method(class: Class, method: Elt<RBool>);
        fn R_set_altlogical_Get_region_method(class: Class, method: GetRegion<RBool>);
        fn R_set_altinteger_Elt_method(class: Class, method: Elt<RInt>);
        fn R_set_altinteger_Get_region_method(class: Class, method: GetRegion<RInt>);
        fn R_set_altreal_Elt_method(class: Class, method: Elt<f64>);
        fn R_set_altreal_Get_region_method(class: Class, method: GetRegion<f64>);
        fn R_set_altcomplex_Elt_method(class: Class, method: Elt<RComplex>);
        fn R_set_altcomplex_Get_region_method(class: Class, method: GetRegion<RComplex>);
        fn R_set_altraw_Elt_method(class: Class, method: Elt<u8>);
        fn R_set_altraw_Get_region_method(class: Class, method: GetRegion<u8>);
        fn R_set_altstring_Elt_method(class: Class, method: Elt<SEXP>);
        fn R_set_altstring_Set_elt_method(class: Class, method: SetElt<SEXP>);
        /// May jump, by a panic where `clean_up` raises one.
        fn R_UnwindProtect(
            body: Body<SEXP>,
            data: *mut c_void,
            clean_up: CleanUp,
            clean_up_data: *mut c_void,
            token: SEXP
        ) -> SEXP;
        // Never returns; libR-sys says so in the type.
        fn R_ContinueUnwind(token: SEXP);
        fn R_MakeExternalPtrFn(function: Trampoline, tag: SEXP, protected: SEXP) -> SEXP;
        // A stream of our own to serialise to; libR-sys declares the functions that R calls as ones that cannot be left by a jump.
        fn R_InitOutPStream(
            stream: *mut R_outpstream_st,
            data: *mut c_void,
            format: R_pstream_format_t,
            version: c_int,
            write_byte: unsafe extern "C-unwind" fn(*mut R_outpstream_st, c_int),
            write_bytes: unsafe extern "C-unwind" fn(*mut R_outpstream_st, *mut c_void, c_int),
            hook: Option<unsafe extern "C-unwind" fn(SEXP, SEXP) -> SEXP>,
            hook_data: SEXP
        );
        fn R_InitInPStream(
            stream: *mut R_inpstream_st,
            data: *mut c_void,
            format: R_pstream_format_t,
            read_byte: unsafe extern "C-unwind" fn(*mut R_inpstream_st) -> c_int,
            read_bytes: unsafe extern "C-unwind" fn(*mut R_inpstream_st, *mut c_void, c_int),
            hook: Option<unsafe extern "C-unwind" fn(SEXP, SEXP) -> SEXP>,
            hook_data: SEXP
        );
        /// May jump.
        fn R_Serialize(x: SEXP, stream: *mut R_outpstream_st);
        /// May jump.
        fn R_Unserialize(stream: *mut R_inpstream_st) -> SEXP;
        // R_ext/Rembedded.h, R_ext/Error.h, Rinterface.h.
        fn R_CleanTempDir();
        fn R_curErrorBuf() -> *const c_char;
    }
    formatted {
        /// Raises an R error with this text. Jumps, and never returns.
        fn Rf_error() -> !;
        /// Prints a text.
        fn Rprintf();
    }
    checked_statics {
        static R_NilValue: SEXP;
        static R_GlobalEnv: SEXP;
        static R_BaseEnv: SEXP;
        static R_EmptyEnv: SEXP;
        static R_BaseNamespace: SEXP;
        static R_MissingArg: SEXP;
        static R_NaString: SEXP;
        static R_ClassSymbol: SEXP;
        static R_DimSymbol: SEXP;
        static R_DimNamesSymbol: SEXP;
        static R_LevelsSymbol: SEXP;
        static R_NamesSymbol: SEXP;
        static R_RowNamesSymbol: SEXP;
        static R_TspSymbol: SEXP;
        static R_BlankString: SEXP;
    }
    declared_statics {
        // Rinterface.h: the stack bounds of the thread that runs R, and who handles signals.
        static R_CStackStart: usize;
        static R_CStackLimit: usize;
        static R_SignalHandlers: c_int;
        static R_Interactive: Rboolean;
        // R_ext/Utils.h has the flag behind a function; R_ext/eventloop.h the hook.
        static R_interrupts_pending: c_int;
        static R_PolledEvents: Option<unsafe extern "C-unwind" fn()>;
        static R_Outputfile: *mut c_void;
        static R_Consolefile: *mut c_void;
        static ptr_R_WriteConsole: Option<unsafe extern "C-unwind" fn(*const c_char, c_int)>;
        static ptr_R_WriteConsoleEx: Option<unsafe extern "C-unwind" fn(*const c_char, c_int, c_int)>;
        static ptr_R_ReadConsole:
            Option<unsafe extern "C-unwind" fn(*const c_char, *mut u8, c_int, c_int) -> c_int>;
        static ptr_R_ResetConsole: Option<unsafe extern "C-unwind" fn()>;
        static ptr_R_FlushConsole: Option<unsafe extern "C-unwind" fn()>;
        static ptr_R_ClearerrConsole: Option<unsafe extern "C-unwind" fn()>;
        static ptr_R_Busy: Option<unsafe extern "C-unwind" fn(c_int)>;
        static ptr_R_ShowMessage: Option<unsafe extern "C-unwind" fn(*const c_char)>;
        static ptr_R_Suicide: Option<unsafe extern "C-unwind" fn(*const c_char)>;
        static ptr_R_CleanUp: Option<unsafe extern "C-unwind" fn(c_int, c_int, c_int)>;
    }
}
