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

