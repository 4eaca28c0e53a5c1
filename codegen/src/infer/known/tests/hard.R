# Reads `package<TAB>function<TAB>name=value<TAB>...` lines, where a value is a name of the list below, and writes for each whether
# the call stops: `stops`, or `works`.
options(warn = -1)
values <- list(
  null = NULL, flag = TRUE, whole = 1L, number = 1.5, many = c(1.5, 2), text = "a", texts = c("a", "b"), complex = 1i,
  raw = as.raw(1), list = list(1), names = list(a = "x"), factor = factor("u"), day = as.Date("2020-01-31"),
  frame = data.frame(a = 1), matrix = matrix(c(2, 1, 1, 3), 2), array = array(1:8, c(2, 2, 2)), fun = function(...) 1,
  env = new.env(), name = as.name("x"), call = quote(f(x)), span = as.difftime(5, units = "mins"), series = ts(1:4))
arguments <- commandArgs(TRUE)
out <- vapply(strsplit(readLines(arguments[1], encoding = "UTF-8"), "\t"), function(line) {
  args <- lapply(strsplit(line[-(1:2)], "=(?=[^=]*$)", perl = TRUE), function(one) list(one[1], values[[one[2]]]))
  given <- lapply(args, `[[`, 2)
  names(given) <- vapply(args, `[[`, "", 1)
  names(given)[names(given) == "..."] <- ""
  f <- get(line[2], asNamespace(line[1]))
  tryCatch({
    utils::capture.output(do.call(f, given, quote = TRUE))
    "works"
  }, error = function(e) "stops")
}, "")
writeLines(out, arguments[2])
