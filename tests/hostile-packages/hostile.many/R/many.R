# Five thousand exports.
for (.i in 1:5000) assign(sprintf("f%04d", .i), function(x, y = 1, z = "a") if (is.null(x)) z else y + 1)
# Three hundred formals.
wide <- function() NULL
formals(wide) <- as.pairlist(stats::setNames(rep(list(1), 300L), sprintf("argument%03d", 1:300)))
# Three thousand functions, each of which calls the next.
for (.i in 1:3000) {
  .f <- as.function(alist(x = , NULL), envir = environment())
  body(.f) <- call("+", call(sprintf(".chain%04d", .i + 1L), quote(x)), 1)
  assign(sprintf(".chain%04d", .i), .f)
}
.chain3001 <- function(x) x + 1
chain <- function(x) .chain0001(x)
# Each calls the next twice: two to the power of 40 paths.
for (.i in 1:40) {
  .f <- as.function(alist(x = , NULL), envir = environment())
  .next <- sprintf(".twice%02d", .i + 1L)
  body(.f) <- call("+", call(.next, quote(x)), call(.next, call("list", quote(x))))
  assign(sprintf(".twice%02d", .i), .f)
}
.twice41 <- function(x) x
twice <- function(x) .twice01(x)
# A branch per line: two to the power of 60 states.
branches <- as.function(alist(x = , NULL))
body(branches) <- as.call(c(quote(`{`), lapply(1:60, function(i) {
  call("if", call("is.null", call("$", quote(x), as.name(paste0("n", i)))), call("<-", as.name(paste0("v", i)), i),
       call("<-", as.name(paste0("v", i)), "a"))
}), quote(list(v1, v2))))
# A record with a thousand fields, an enumeration with a thousand members.
record <- as.function(alist(NULL))
body(record) <- as.call(c(quote(list), stats::setNames(as.list(1:1000), paste0("n", 1:1000))))
choices <- function(kind) match.arg(kind)
formals(choices)$kind <- as.call(c(quote(c), as.list(paste0("choice", 1:1000))))
# One hundred nested loops.
.body <- quote(x <- list(x))
for (.i in 1:100) .body <- call("for", as.name(paste0("i", .i)), quote(x), .body)
loops <- as.function(alist(x = , NULL))
body(loops) <- call("{", .body, quote(x))
rm(.i, .f, .next, .body)
