DEEP <- 2000L
.built <- function(body) {
  f <- function(x) NULL
  body(f) <- body
  environment(f) <- topenv()
  f
}
.nested <- function(depth, wrap, inner = quote(x)) {
  for (i in seq_len(depth)) inner <- wrap(inner)
  inner
}
deep.calls <- .built(.nested(DEEP, function(e) call("sqrt", e)))
deep.parentheses <- .built(.nested(DEEP, function(e) call("(", e)))
deep.braces <- .built(.nested(DEEP, function(e) call("{", e)))
deep.if <- .built(.nested(DEEP, function(e) call("if", quote(is.null(x)), 1, e)))
deep.functions <- .built(.nested(DEEP %/% 4L, function(e) call("function", as.pairlist(alist(x = )), e)))
deep.lists <- .built(.nested(DEEP, function(e) call("list", e)))
deep.default <- function(x) x
formals(deep.default)$x <- .nested(DEEP, function(e) call("c", e), 1)
deep.index <- .built(.nested(DEEP, function(e) call("$", e, quote(next.one))))
deep.assign <- .built(.nested(DEEP, function(e) call("<-", quote(y), e)))
long.sum <- .built(.nested(2L * DEEP, function(e) call("+", e, quote(x))))
long.body <- .built(as.call(c(quote(`{`), rep(list(quote(x <- x + 1)), 20000L))))
long.call <- .built(as.call(c(quote(c), as.list(1:20000))))
long.string <- function(x = "") x
formals(long.string)$x <- strrep("a*/\"\"\"\n", 200000L)
large.vector <- .built(call("sum", as.numeric(seq_len(1250000)) + 0.5))
inlined.environment <- .built(call("get", "x", as.environment(list(x = 1))))
inlined.namespace <- .built(call("get", "x", topenv()))
inlined.closure <- .built(as.call(list(function(a = 1) a, quote(x))))
inlined.builtin <- .built(as.call(list(sum, quote(x))))
inlined.pointer <- .built(call("f", methods::getClass("externalptr")@prototype))
inlined.s4 <- .built(call("f", methods::new("numeric"), asS4(structure(list(1), class = "k"))))
inlined.list <- .built(call("f", list(a = 1, b = list(environment(), quote(x), NULL))))
inlined.missing <- .built(call("f", quote(expr = )))
inlined.language <- .built(call("f", as.call(list("a string is called", 1)), as.call(list(1, 2)), as.call(list(NULL))))
inlined.expression <- .built(call("f", expression(a, b), y ~ x, factor("a"), Sys.Date(), NA_character_, -1, 1i, as.raw(1), NaN))
odd.syntax <- .built(call("{", call("if"), call("for", 1), call("while"), call("function"), call("<-"), call("[["), call("+"),
                          call("$", 1, 2, 3), call("::"), call("@"), call("?"), call("-", 1, 2, 3), call("(") , call("repeat"),
                          call("break", 1), call("~"), call("if", 1, 2, 3, 4), call("switch"), call("match.arg"), call("UseMethod"),
                          call("return"), call("structure"), call("inherits"), call("stopifnot"), call("is.null"), call("missing"),
                          call("missing", 1, 2), call("list"), call("do.call"), call("Recall"), call("sapply"), call("=>", 1)))
