  # --- Data sets ------------------------------------------------------------------------------------------------

  # What data() knows: rows like "state.x77 (state)" name the object and the file that it comes from. Objects may have
  # parentheses in their names; names of files have none.
  listed <- function(path) {
    index <- tryCatch(readRDS(file.path(path, "Meta", "data.rds")), error = function(e) NULL)
    items <- if (is.matrix(index)) as.character(index[, 1L]) else character()
    items <- items[validUTF8(items)]
    file <- sub("(?s)^.*[[:space:]]\\(([^()]*)\\)$", "\\1", items, perl = TRUE)
    object <- ifelse(file == items, items, substr(items, 1L, nchar(items) - nchar(file) - 3L))
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

