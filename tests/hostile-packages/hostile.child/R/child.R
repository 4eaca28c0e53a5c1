f <- function(x) x
.onLoad <- function(libname, pkgname) {
  mark <- Sys.getenv("HOSTILE_CHILD", file.path(tempdir(), "child"))
  system(paste0("(sleep 3; touch '", mark, "') >/dev/null 2>&1 &"), wait = FALSE)
  system("sleep 300 &", wait = FALSE)
  tools::pskill(Sys.getpid(), tools::SIGCONT)
  try(globalCallingHandlers(error = function(e) quit("no", status = 5L)), silent = TRUE)
}
