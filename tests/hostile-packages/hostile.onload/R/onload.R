f <- function(x, y = c("a", "b"), z = 1e6) match.arg(y)
values <- c(1e15, 0.1)
.onLoad <- function(libname, pkgname) {
  for (i in 1:5000) cat("noise on standard output\n")
  for (i in 1:500) message("noise on standard error \u202e \u001b[31m")
  options(
    warn = 2, error = quote(quit("no", status = 9L)), keep.source = TRUE, OutDec = ",", scipen = 999, digits = 1, encoding = "latin1",
    warning.length = 100L, width = 10L, max.print = 1L, deparse.max.lines = 1L, useFancyQuotes = "TeX", deparse.cutoff = 20L,
    expressions = 60L, warnPartialMatchDollar = TRUE, check.bounds = TRUE, digits.secs = 6L, papersize = "*/", nwarnings = 50L,
    stringsAsFactors = FALSE, showErrorCalls = FALSE, browserNLdisabled = TRUE, verbose = TRUE, echo = TRUE, prompt = "*/", device = "no"
  )
  setwd("/")
  suppressWarnings(Sys.setlocale("LC_ALL", "C"))
  Sys.setenv(LANGUAGE = "de", TZ = "Nowhere", LC_ALL = "C", R_HOME = "/nowhere", TMPDIR = "/nowhere", PATH = "", R_LIBS = "")
  .libPaths(character())
  set.seed(1, kind = "Wichmann-Hill")
  reg.finalizer(topenv(), function(e) quit("no", status = 7L), onexit = TRUE)
  addTaskCallback(function(...) quit("no", status = 6L))
  assign("serialize", function(...) stop("pwned_marker"), envir = globalenv())
  assign("list", function(...) stop("pwned_marker"), envir = globalenv())
  assign("c", function(...) stop("pwned_marker"), envir = globalenv())
  attach(list(lapply = function(...) stop("pwned_marker"), paste = function(...) stop("pwned_marker")), name = "masks",
         warn.conflicts = FALSE)
  registerS3method("print", "default", function(x, ...) stop("pwned_marker"), envir = baseenv())
  registerS3method("as.list", "function", function(x, ...) stop("pwned_marker"), envir = baseenv())
  registerS3method("toString", "default", function(x, ...) stop("pwned_marker"), envir = baseenv())
  connection <- file(tempfile(), "w")
  sink(connection)
  sink(connection, type = "message")
  stdin <- suppressWarnings(readline("Continue? "))
  readLines(file("stdin"), n = 1L)
  try(utils::menu(c("yes", "no")), silent = TRUE)
  Sys.umask("022")
  unlink(file.path(tempdir(), "*"))
  suppressWarnings(warning("a warning"))
}
.onUnload <- function(libpath) quit("no", status = 8L)
