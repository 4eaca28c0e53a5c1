itself <- function(x = itself(x)) x
own.default <- function(x = x) x
each.other <- function(x = y, y = x) c(x, y)
ping <- function(x) pong(x)
pong <- function(x) ping(x)
grows <- function(n) if (n == 0) 1 else list(a = grows(n - 1))
grows.both <- function(n) list(grows.both(n), grows.other(n))
grows.other <- function(n) c(grows.both(n), grows.other(n), list(n))
wraps <- function(f) wraps(function(x) f(x))
makes <- function(x) function(y) makes(y)
passes <- function(...) passes(...)
swaps <- function(a, b, c) swaps(b, c, a)
recalls <- function(n) Recall(n)
loops <- function(x) { repeat x <- list(x, x); x }
widens <- function(x) { y <- NULL; for (i in x) y <- list(first = y, second = y); y }
classes <- function(x) { for (i in x) class(x) <- c(paste0("a", i), class(x)); x }
around <- function(x, ...) UseMethod("around")
around.around <- function(x, ...) NextMethod()
around.default <- function(x, ...) around(structure(x, class = "around"))
print.around <- function(x, ...) print(x, ...)
format.around <- function(x, ...) around(format(x))
ring <- new.env()
ring$ring <- ring
ring$f <- function() ring
environment(ring$f) <- ring
attributed <- local({ e <- new.env(); x <- structure(list(1), back = e); e$x <- x; x })
closure <- local({ self <- function() self; self })
setClass("A", representation(b = "ANY", "VIRTUAL"))
setClass("B", contains = "A", representation(a = "A"))
setClassUnion("U", c("A", "NULL"))
setClassUnion("V", c("U", "numeric"))
try(setIs("U", "V"), silent = TRUE)
try(setClass("A2", contains = "A2"), silent = TRUE)
setClass("Tree", representation(left = "ANY", right = "ANY", self = "function"))
setGeneric("turn", function(x, ...) standardGeneric("turn"))
setMethod("turn", "A", function(x, ...) turn(x@b))
setMethod("turn", "U", function(x, ...) callNextMethod())
setMethod("show", "A", function(object) show(object))
Node <- setRefClass("Node", fields = list(parent = "ANY", self = function(value) stop("pwned_marker")),
                    methods = list(up = function() parent$up(), again = function() .self$again()))
Loop <- R6Class("Loop", inherit = Loop, public = list(x = NULL, again = function() self$again()),
                active = list(y = function() self$y))
Left <- R6Class("Left", inherit = Right)
Right <- R6Class("Right", inherit = Left)
Nobody <- R6Class("Nobody", inherit = no.package::Nothing)
Failing <- R6Class("Failing", inherit = stop("pwned_marker"))
