
  # --- One package, or one after the other ------------------------------------------------------------------------

  if (nzchar(target)) look()

  # This process never loads a package: for each a copy of it does, so that none sees what another has done, and R starts once.
  # A request is three lines: the file to write, the package, and the seconds that it may take; the answer is one, when the copy has ended.
  # Without a file, the copy loads the package and takes the requests from then on, until one says "leave": packages that all load
  # this one first need not do so each for itself.
  fork <- getNamespace("parallel")
  # Each copy has a temporary folder of its own, and takes it away.
  setwd("/")
  unlink(tempdir(), recursive = TRUE)
  requests <- file("stdin", "r")
  # It is ready, and these are the folders of packages: those that are searched, and those that the environment names.
  named <- strsplit(Sys.getenv(c("R_LIBS", "R_LIBS_USER", "R_LIBS_SITE")), .Platform$path.sep, fixed = TRUE)
  cat(paste(c("ready", .libPaths(), "", unlist(named)), collapse = "\t"), "\n", sep = "")
  repeat {
    request <- readLines(requests, 3L)
    if (length(request) < 3L || request[[1L]] == "leave") break
    copy <- fork$mcfork()
    if (inherits(copy, "masterProcess") && !nzchar(request[[1L]])) {
      sink(nullfile())
      try(loadNamespace(request[[2L]]), silent = TRUE)
      sink()
      # What has survived twice is not looked at again soon: the copies would get memory of their own for all of it.
      for (i in 1:2) gc()
    } else if (inherits(copy, "masterProcess")) {
      fork$closeStdout(TRUE)
      close(requests)
      # Who reads standard input finds its end: the lowest descriptor that is free is the next that is opened.
      fork$closeFD(0L)
      nothing <- file(nullfile(), "rb")
      target <- request[[1L]]
      package <- request[[2L]]
      setwd(tempdir(TRUE))
      # A copy that outlives this process ends itself.
      setTimeLimit(elapsed = 2 * as.numeric(request[[3L]]))
      look()
    }
    # Nothing is sent: what ends the wait is the end.
    if (!inherits(copy, "masterProcess")) while (is.raw(fork$readChild(copy))) NULL
    cat("ended\n")
  }
  quit("no", status = 0L, runLast = FALSE)
})
