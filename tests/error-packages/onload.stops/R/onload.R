.onLoad <- function(libname, pkgname) stop("the licence server does not answer")
