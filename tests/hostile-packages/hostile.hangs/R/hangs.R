f <- function(x) x
.onLoad <- function(libname, pkgname) repeat try(while (TRUE) cat("still here\n", file = stderr()), silent = TRUE)
