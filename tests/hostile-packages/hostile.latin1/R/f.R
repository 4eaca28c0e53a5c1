.raw <- "\xe9\xff*/"
.declared <- local({ x <- "\xfc"; Encoding(x) <- "latin1"; x })
.bytes <- local({ x <- "\xff\xfe*/ pwned_marker"; Encoding(x) <- "bytes"; x })
f <- function(straße = "ü", ...) straße
raw.default <- f
formals(raw.default)[[1]] <- .raw
declared <- f
formals(declared)[[1]] <- .declared
bytes <- f
formals(bytes)[[1]] <- .bytes
body(bytes) <- call("list", .raw, .bytes, .declared)
choices <- function(kind) match.arg(kind)
formals(choices)$kind <- as.call(list(quote(c), .raw, .bytes, .declared))
