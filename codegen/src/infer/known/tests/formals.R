# Reads `package<TAB>name` lines and writes the formals of each, separated by tabs; `?` where there is no such function.
arguments <- commandArgs(TRUE)
lines <- strsplit(readLines(arguments[1], encoding = "UTF-8"), "\t")
out <- vapply(lines, function(line) {
  found <- tryCatch(get(line[2], asNamespace(line[1]), mode = "function", inherits = FALSE), error = function(e) NULL)
  if (is.null(found)) return("?")
  if (is.primitive(found)) found <- args(found)
  if (is.null(found)) return("*")
  paste(c("", names(formals(found))), collapse = "\t")
}, "")
writeLines(out, arguments[2])
