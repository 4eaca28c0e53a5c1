  # --- The package ------------------------------------------------------------------------------------------------

  look <- function() {
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
    answer(list(
      version = field("Version"),
      r_version = as.character(getRversion()),
      title = field("Title"),
      description = field("Description"),
      depends = c(field("Depends"), field("Imports")),
      path = path,
      datasets = datasets(path, namespace),
      code = code_of(namespace, path)
    ))
  }
