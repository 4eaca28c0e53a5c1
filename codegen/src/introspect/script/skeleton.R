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

