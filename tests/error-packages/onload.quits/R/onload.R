.onLoad <- function(libname, pkgname) quit("no", status = 0L)
