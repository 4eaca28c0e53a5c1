# What rbindgen runs in a child process to look into one package.
#
# Arguments: the file to write, the package, and library folders to search first. The answer is one serialised list, written
# beside its name and renamed, so that a file that exists is complete. Nothing is read from or
# written to the terminal; whatever the package itself prints is not part of the answer.

local({
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

  answer <- function(value) {
    partial <- paste0(target, ".partial")
    connection <- file(partial, "wb")
    serialize(value, connection, xdr = FALSE, version = 3L)
    close(connection)
    file.rename(partial, target)
    quit("no", status = 0L, runLast = FALSE)
  }
  message_of <- function(condition) {
    text <- tryCatch(conditionMessage(condition), error = function(e) "an error without a message")
    paste(as.character(text), collapse = "\n")
  }

  # --- The skeleton of an object: all but its values ------------------------------------------------------------

  # Lists with more elements than this are not described element by element.
  most_fields <- 4096L
  described <- c("names", "dim", "dimnames", "class", "tsp", "levels", "row.names", "comment", "srcref")

  skeleton <- function(x, depth = 0L) {
    kind <- typeof(x)
    all <- attributes(x)
    class <- all[["class"]]
    out <- list(kind = kind, class = if (is.character(class)) class)
    vector <- kind %in% c("logical", "integer", "double", "complex", "character", "raw", "list", "expression", "pairlist")
    if (!vector || isS4(x)) return(out)
    bare <- unclass(x)
    out$length <- as.numeric(length(bare))
    is_list <- kind == "list"
    if (!(kind %in% c("list", "expression", "pairlist", "raw"))) out$missing <- as.numeric(sum(is.na(bare)))
    out$names <- !is_list && is.character(all[["names"]])
    out$levels <- if (kind == "integer" && "factor" %in% class && is.character(all[["levels"]])) {
      all[["levels"]]
    }
    out$dim <- as.numeric(all[["dim"]])
    dimnames <- all[["dimnames"]]
    if (!is.null(dimnames)) {
      out$dimnames <- lapply(unname(dimnames), function(axis) if (!is.null(axis)) as.character(axis))
      out$axes <- names(dimnames)
    }
    tsp <- all[["tsp"]]
    if (is.numeric(tsp) && length(tsp) == 3L) out$tsp <- as.numeric(tsp)
    if (is_list && "data.frame" %in% class) {
      rows <- .row_names_info(x, 1L)
      out$rows <- as.numeric(abs(rows))
      out$row_names <- if (rows <= 0L) "automatic" else typeof(all[["row.names"]])
    }
    if (is_list && depth < 6L && is.character(all[["names"]]) && length(bare) <= most_fields) {
      out$field_names <- all[["names"]]
      out$fields <- lapply(seq_along(bare), function(i) skeleton(.subset2(bare, i), depth + 1L))
    }
    other <- all[setdiff(names(all), described)]
    if (length(other) && depth < 6L) {
      out$attribute_names <- names(other)
      out$attributes <- lapply(unname(other), skeleton, depth = depth + 1L)
    }
    out
  }

  # --- Data sets ------------------------------------------------------------------------------------------------

  # What data() knows: rows like "state.x77 (state)" name the object and the file that it comes from.
  listed <- function(path) {
    index <- tryCatch(readRDS(file.path(path, "Meta", "data.rds")), error = function(e) NULL)
    items <- if (is.matrix(index)) as.character(index[, 1L]) else character()
    object <- sub("[[:space:]]+\\(.*\\)$", "", items)
    file <- ifelse(object == items, items, sub("^.*[[:space:]]\\((.*)\\)$", "\\1", items))
    structure(file, names = object)
  }

  datasets <- function(path, namespace) {
    files <- listed(path)
    lazy <- tryCatch(namespace[[".__NAMESPACE__."]][["lazydata"]], error = function(e) NULL)
    lazy_names <- if (is.environment(lazy)) ls(lazy, all.names = TRUE, sorted = FALSE) else character()
    describe <- function(name, lazy, get) {
      out <- tryCatch(list(object = skeleton(get())), error = function(e) list(failed = message_of(e)))
      out$name <- name
      out$lazy <- lazy
      file <- files[name]
      if (!is.na(file) && file != name) out$file <- unname(file)
      out
    }
    found <- lapply(lazy_names, function(name) describe(name, TRUE, function() get(name, envir = lazy, inherits = FALSE)))
    rest <- files[!(names(files) %in% lazy_names)]
    for (file in unique(rest)) {
      where <- new.env()
      failure <- tryCatch(
        {
          utils::data(list = file, package = package, lib.loc = dirname(path), envir = where)
          NULL
        },
        error = message_of
      )
      for (name in unique(c(names(rest)[rest == file], ls(where, all.names = TRUE)))) {
        if (name %in% lazy_names) next
        if (is.na(files[name])) files[[name]] <- file
        found[[length(found) + 1L]] <- describe(name, FALSE, function() {
          if (!is.null(failure)) stop(failure)
          if (!exists(name, envir = where, inherits = FALSE)) stop("data(\"", file, "\") did not make it")
          get(name, envir = where, inherits = FALSE)
        })
      }
    }
    found
  }

  # --- Documentation ----------------------------------------------------------------------------------------------

  # The help pages that have one of these names among their aliases, as trees.
  pages <- function(path, names) {
    database <- tryCatch(
      tools::Rd_db(package, lib.loc = dirname(path)),
      error = function(e) {
        message("the help pages cannot be read: ", message_of(e))
        list()
      }
    )
    Filter(function(page) {
      for (section in page) {
        if (identical(attr(section, "Rd_tag"), "\\alias") && trimws(paste(unlist(section), collapse = "")) %in% names) {
          return(TRUE)
        }
      }
      FALSE
    }, unname(unclass(database)))
  }

  # --- The package ------------------------------------------------------------------------------------------------

  path <- find.package(package, lib.loc = .libPaths(), quiet = TRUE)
  if (!length(path)) {
    answer(list(absent = TRUE, libraries = .libPaths(), installed = unlist(lapply(.libPaths(), function(library) {
      folders <- list.dirs(library, full.names = FALSE, recursive = FALSE)
      folders[file.exists(file.path(library, folders, "DESCRIPTION"))]
    }))))
  }
  path <- path[[1L]]
  namespace <- tryCatch(
    loadNamespace(package, lib.loc = c(dirname(path), .libPaths())),
    error = function(e) answer(list(failed = message_of(e)))
  )
  field <- function(name) {
    text <- utils::packageDescription(package, lib.loc = dirname(path), fields = name)
    if (is.na(text)) "" else enc2utf8(gsub("[[:space:]]+", " ", trimws(as.character(text))))
  }
  data <- datasets(path, namespace)
  answer(list(
    version = field("Version"),
    r_version = as.character(getRversion()),
    title = field("Title"),
    description = field("Description"),
    path = path,
    datasets = data,
    pages = if (length(data)) pages(path, vapply(data, function(one) one$name, ""))
  ))
})
