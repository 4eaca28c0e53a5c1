.onLoad <- function(libname, pkgname) {
  line <- strrep("welcome ", 125)
  for (i in 1:200) {
    cat(line, "\n")
    message(line)
  }
}
