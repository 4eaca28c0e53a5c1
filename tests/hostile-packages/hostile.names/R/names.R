# Each attempt at code begins with a letter and holds the marker inside: as an identifier of its own the marker never appears.
.awful <- c(
  "a\"); pwned_marker(); (\"", "a'); pwned_marker(); ('", "a`; pwned_marker; `", "a\npwned_marker()\n", "a\rpwned_marker()",
  "a\\", "a\\\"; pwned_marker; \\\"", "a*/ pwned_marker(); /*", "a\"\"\"\npwned_marker()\n\"\"\"", "a'''\npwned_marker()\n'''",
  "a{{ pwned_marker }}", "a{% pwned_marker %}", "a${pwned_marker}", "a#{pwned_marker}", "a//pwned_marker", "a#pwned_marker",
  "a\"] pwned_marker!(); #[doc=\"", "a|pwned_marker", "a<pwned_marker>", "a>; type pwned_marker", "a: pwned_marker, b",
  "a\u202epwned_marker", "a\u2066b\u2069", "a\u200bb", "a\u200db", "ab\ufeff", "a\u2028pwned_marker", "a\u0085pwned_marker",
  "a\001b", "a\x1b[31mred", "a\\0b", "a\\x00b", "a\\u0000", "\U1f600", "\u2764\ufe0f", "\U1f469\u200d\U1f52c",
  "e\u0301", "\u00e9", "\ufb01", "fi", "\uff41\uff42", "ab", "\u212b", "\u00c5", "\u3164", "a\u3164", "a\ufe0f", "a\u00ad", "\U1d465",
  "\u0430bc", "abc", "\u05d0\u05d1", "\u0e33", "\u00b5", "\u03bc", "\u0130", "\u00df",
  "a.b", "a_b", "a..b", "a._b", "A.B", "A_b", "a b", "a-b", ".a_b", "..a", "_a", "a.", "a_",
  "1", "1a", "..1", ".1", ".", "...a", " ", "  ", "\t", "\n", "-", "<-", "[[<-", "%a pwned_marker%", "a<-", "a.b<-",
  "if", "function", "while", "repeat", "break", "next", "TRUE", "NULL", "NA", "Inf", "in", "T", "F", "c", "q",
  "fn", "pub", "crate", "self", "Self", "super", "type", "match", "async", "dyn", "gen", "try", "union", "macro_rules", "r#fn",
  "def", "class", "None", "lambda", "import", "from", "with", "yield", "print", "exec", "case", "__init__", "__name__",
  "__getattr__", "__all__", "_rb", "_rb_x", "rb", "r", "call", "args", "kwargs", "str", "list", "property", "annotations",
  "Any", "Literal", "Union", "TypeAlias", "Option", "Result", "Some", "Ok", "Vec", "String", "Value", "Error", "Box",
  "raw", "get", "new", "drop", "clone", "into", "as_list", "column", "field", "names", "len", "index", "std", "core", "u8", "i32"
)
.awful <- unique(enc2utf8(.awful))

# Base functions of these names are called below: everything that needs them comes before they are masked.
local({
  ns <- parent.env(environment())
  awful <- ns$.awful
  formals_of <- function(defaults) as.pairlist(stats::setNames(defaults, awful))
  wide <- as.function(c(formals_of(rep(list(quote(expr = )), length(awful))), quote(invisible(NULL))), envir = ns)
  texts <- as.function(c(formals_of(as.list(awful)), quote(invisible(NULL))), envir = ns)
  symbols <- as.function(c(formals_of(lapply(awful, as.name)), quote(invisible(NULL))), envir = ns)
  enumeration <- as.function(alist(kind = , match.arg(kind)), envir = ns)
  formals(enumeration)$kind <- as.call(c(quote(c), as.list(awful)))
  record <- as.function(alist(NULL), envir = ns)
  body(record) <- as.call(c(quote(list), stats::setNames(as.list(seq_along(awful)), awful)))
  classed <- as.function(alist(x = , NULL), envir = ns)
  body(classed) <- call("structure", quote(list(a = 1)), class = awful)
  checks <- as.function(alist(x = , NULL), envir = ns)
  body(checks) <- as.call(c(quote(`{`), lapply(awful, function(one) call("stopifnot", call("inherits", quote(x), one)))))
  calls <- as.function(alist(x = , NULL), envir = ns)
  body(calls) <- as.call(c(quote(`{`), lapply(awful, function(one) as.call(list(as.name(one), quote(x), as.name(one))))))
  fields <- as.function(alist(x = , NULL), envir = ns)
  body(fields) <- as.call(c(quote(`{`), lapply(awful, function(one) call("$", quote(x), as.name(one)))))
  reserved <- c("if", "function", "while", "repeat", "break", "next", "<-", "[[<-", "c", "q", "get", "list", "names", "call",
                "class", "print", "drop", "field", "new", "str", "with")
  for (name in setdiff(awful, reserved)) {
    assign(name, as.function(alist(x = , ... = , x), envir = ns), envir = ns)
  }
  for (index in seq_along(awful)) {
    name <- awful[[index]]
    if (name %in% reserved || !nzchar(trimws(name))) next
    slots <- stats::setNames(rep("ANY", 12L), awful[(index + 0:11) %% length(awful) + 1L])
    base::try(setClass(paste0("K", name), representation = do.call(methods::representation, as.list(slots[!duplicated(names(slots))])),
                 where = ns), silent = TRUE)
  }
  for (name in c("wide", "texts", "symbols", "enumeration", "record", "classed", "checks", "calls", "fields")) {
    assign(name, get(name), envir = ns)
  }
})
