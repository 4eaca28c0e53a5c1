# Reads calls, one a line, and writes for each the type of its value and of its arguments, in the notation of ir::types.
# An argument that cannot be evaluated on its own is `?`, an empty one is `-`.
options(warn = -1)
describe <- function(v) {
  quoted <- function(names) paste0("`", gsub("([`\\\\])", "\\\\\\1", names), "`")
  if (is.null(v)) return("null")
  if (isS4(v)) return("S4")
  if (is.object(v)) return(paste0("class<", paste(quoted(class(v)), collapse = ", "), ">"))
  if (is.function(v)) return("class<`function`>")
  if (is.environment(v)) return("env")
  if (is.language(v)) return("expression")
  if (is.matrix(v)) return(if (is.atomic(v)) paste0("matrix<", typeof(v), ">") else "class<`matrix`>")
  if (is.array(v)) return("class<`array`>")
  if (is.atomic(v)) {
    na <- if (any(is.na(v) & !is.nan(v))) "^" else ""
    return(paste0(na, typeof(v), if (length(v) == 1) "" else "[]"))
  }
  if (is.list(v) && !is.pairlist(v)) {
    parts <- vapply(v, describe, "")
    if (length(v) && !is.null(names(v)) && !anyDuplicated(names(v)) && all(nzchar(names(v))))
      return(paste0("struct<", paste0(quoted(names(v)), ": ", parts, collapse = ", "), ">"))
    return(paste0("list<", if (length(parts)) paste(parts, collapse = " | ") else "never", ">"))
  }
  typeof(v)
}
setup <- expression({
  i <- 3L; d <- 2.5; s <- "a b"; b <- TRUE
  is <- 1:6; ds <- c(1.5, 2, 4); ss <- c("x", "yy", "z"); bs <- c(TRUE, FALSE, TRUE); miss <- c(1, NA, 3)
  none <- numeric(0); z <- 1+2i; bytes <- as.raw(1:3)
  im <- matrix(1:6, 2); dm <- matrix(c(2, 1, 1, 3), 2); sm <- matrix(letters[1:4], 2); bm <- im > 2; arr <- array(1:24, 2:4)
  df <- data.frame(a = 1:3, b = c(1.5, 2, 3)); f <- factor(c("u", "v", "u")); day <- as.Date("2020-01-31")
  now <- as.POSIXct("2020-01-31 10:00:00", tz = "UTC"); span <- as.difftime(5, units = "mins"); series <- ts(1:10)
  l <- list(a = 1, b = "x"); ll <- list(1, "x", NULL); nums <- list(1, 2.5, 3); q <- quote(f(x)); e <- new.env()
  fit <- function(x) sum(x^2)
})
arguments <- commandArgs(TRUE)
lines <- readLines(arguments[1], encoding = "UTF-8")
out <- vapply(lines, function(line) {
  env <- new.env(parent = globalenv())
  eval(setup[[1]], env)
  call <- parse(text = line, keep.source = FALSE)[[1]]
  set.seed(1)
  value <- tryCatch({ utils::capture.output(v <- eval(call, env)); describe(v) },
                    error = function(e) paste0("!", gsub("\\s+", " ", conditionMessage(e))))
  eval(setup[[1]], env)
  types <- vapply(as.list(call)[-1], function(arg) {
    if (identical(arg, quote(expr = ))) return("-")
    set.seed(1)
    tryCatch({ utils::capture.output(v <- eval(arg, env)); describe(v) }, error = function(e) "?")
  }, "")
  paste(c(value, types), collapse = "\t")
}, "", USE.NAMES = FALSE)
writeLines(enc2utf8(out), arguments[2], useBytes = TRUE)
