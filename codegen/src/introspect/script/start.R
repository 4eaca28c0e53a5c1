# What rbindgen runs in a child process to look into one package.
#
# Arguments: the file to write and the package, or two empty ones to be told them in serve.R; then library folders to search first.
# The answer is one serialised list, written beside its name and renamed, so that a file that exists is complete. The parts
# of this script are joined in live.rs. Nothing is read from or written to the terminal; whatever the package itself prints is not
# part of the answer.

local({
  # What a package attaches or puts into the global environment must not stand in for functions of R.
  here <- environment()
  parent.env(here) <- baseenv()

  arguments <- commandArgs(trailingOnly = TRUE)
  target <- arguments[[1L]]
  package <- arguments[[2L]]
  .libPaths(c(arguments[-(1:2)], .libPaths()))

  # Loading a package may draw, warn or ask: none of it may stop the child or leave files behind.
  setwd(tempdir())
  options(
    warn = 1, error = NULL, browser = "false", pager = "cat", editor = "false", menu.graphics = FALSE,
    device = function(...) grDevices::pdf(NULL), rgl.useNULL = TRUE, keep.source = FALSE,
    timeout = 10, expressions = 5000
  )

  # Loading runs the package's code. What it changed is put back before anything is asked.
  loadNamespace <- function(...) {
    before <- list(
      options = options(), folder = getwd(), environment = Sys.getenv(), libraries = .libPaths(), locale = Sys.getlocale("LC_CTYPE"),
      order = Sys.getlocale("LC_COLLATE")
    )
    on.exit({
      while (sink.number() > 0L) sink()
      if (sink.number("message") != 2L) sink(type = "message")
      setTimeLimit()
      options(before$options)
      setwd(before$folder)
      do.call(Sys.setenv, as.list(before$environment))
      .libPaths(before$libraries)
      Sys.setlocale("LC_CTYPE", before$locale)
      Sys.setlocale("LC_COLLATE", before$order)
    })
    base::loadNamespace(...)
  }

  # Environments, external pointers and weak references are sent as the word for their type: what hangs on them is not asked for.
  put <- function(value, connection) {
    serialize(value, connection, xdr = FALSE, version = 3L, refhook = typeof)
  }
  answer <- function(value) {
    partial <- paste0(target, ".partial")
    write <- function(value) {
      connection <- file(partial, "wb")
      on.exit(close(connection))
      put(value, connection)
    }
    # What nests more deeply than R can write is a method of a class here: functions have been looked at.
    tryCatch(write(value), error = function(e) {
      value$code$classes <- NULL
      value$code$failed[["the classes"]] <- message_of(e)
      write(value)
    })
    file.rename(partial, target)
    quit("no", status = 0L, runLast = FALSE)
  }
  message_of <- function(condition) {
    text <- tryCatch(conditionMessage(condition), error = function(e) "an error without a message")
    paste(as.character(text), collapse = "\n")
  }

