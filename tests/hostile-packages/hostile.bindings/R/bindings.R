.act <- function(...) {
  file.create(Sys.getenv("HOSTILE_FILE", file.path(tempdir(), "pwned_marker")))
  stop("an effect: pwned_marker */ \"\"\"")
}
bare <- 1:10
nothing <- NULL
symbol <- quote(pwned_marker)
call <- quote(pwned_marker(1))
code <- expression(pwned_marker(), 2)
formula <- pwned_marker ~ x
pointer <- methods::getClass("externalptr")@prototype
number <- -1.5
text <- "*/ pwned_marker \"\"\"\n"
native <- sum
special <- `if`
missing.argument <- quote(expr = )
setClass("Slots", representation(a = "numeric", f = "function"))
s4 <- new("Slots", a = 1, f = function() .act())
evil <- structure(list(a = 1, b = 2), class = "evil")
evil.frame <- structure(list(a = 1:2), class = c("evil", "data.frame"), row.names = 1:2, names = "a")
evil.function <- structure(function(x, y = 1) x, class = c("evil", "function"))
environment.active <- structure(new.env(), class = "evil")
environment.locked <- new.env()
deep.environment <- local({ e <- new.env(); for (i in 1:200) { n <- new.env(); n$inner <- e; e <- n }; e })
for (.generic in c("$", "[[", "[", "length", "names", "dim", "levels", "is.na", "as.character", "as.list", "format", "print", "unique",
                   "rep", "xtfrm", "conditionMessage", "as.environment", "anyNA", "c", "all.equal", "str", "summary", "dimnames",
                   "row.names", "as.data.frame", "Ops", "Math", "Summary")) {
  assign(paste0(.generic, ".evil"), .act)
}
.onLoad <- function(libname, pkgname) {
  where <- topenv()
  makeActiveBinding("fails", function(value) stop("pwned_marker */"), where)
  makeActiveBinding("acts", function(value) .act(), where)
  makeActiveBinding("quits", function(value) quit("no", status = 3L), where)
  count <- 0
  makeActiveBinding("alternates", function(value) { count <<- count + 1; if (count %% 2 == 0) "a" else function(x) x }, where)
  delayedAssign("promised", stop("pwned_marker: the promise fails"), assign.env = where)
  makeActiveBinding("acts", function(value) .act(), environment.active)
  makeActiveBinding("fails", function(value) stop("no"), environment.active)
  delayedAssign("promised", .act(), assign.env = environment.active)
  assign("evil", evil, envir = environment.active)
  environment.locked$x <- 1
  lockEnvironment(environment.locked, TRUE)
}
