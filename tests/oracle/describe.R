# Describes every data set of a package as JSON Lines, for comparison with what the bindings hand out.
#
#   Rscript tests/oracle/describe.R PACKAGE [LIBRARY]
#
# One line per R object: each data set, and below it each element and each attribute, recursively.
# README.md beside this file defines the format. Only package base and utils::data() are used; nothing
# is dispatched on a class, so that no S3 method can change what is described.

# --- JSON ---------------------------------------------------------------------------------------------------------

escapes <- c("\\\\" = "\\\\\\\\", "\"" = "\\\\\"",
             "\b" = "\\\\b", "\t" = "\\\\t", "\n" = "\\\\n", "\f" = "\\\\f", "\r" = "\\\\r")

# Strings as JSON: NA becomes null; the escapes are those of Python's json and of serde_json.
json_strings <- function(x) {
  text <- enc2utf8(x)
  special <- !is.na(text) & grepl("[\"\\\\[:cntrl:]]", text)
  if (any(special)) {
    part <- text[special]
    for (from in names(escapes)) part <- gsub(from, escapes[[from]], part, perl = TRUE)
    for (code in setdiff(1:31, c(8:10, 12:13))) {
      part <- gsub(intToUtf8(code), sprintf("\\u%04x", code), part, fixed = TRUE)
    }
    text[special] <- part
  }
  ifelse(is.na(x), "null", paste0("\"", text, "\""))
}

json_array <- function(items) paste0("[", paste(items, collapse = ","), "]")

# --- values -------------------------------------------------------------------------------------------------------

# Doubles as the 16 hexadecimal digits of their IEEE 754 bits, most significant first: exact, and it
# tells NA from NaN and 0 from -0.
double_bits <- function(x) {
  bytes <- matrix(as.character(writeBin(as.double(x), raw(), endian = "big")), nrow = 8L)
  paste0("\"", do.call(paste0, lapply(1:8, function(i) bytes[i, ])), "\"")
}

# The values of an object without attributes, as JSON items; NULL for what has elements or no values.
json_values <- function(x, type) {
  if (type %in% c("logical", "integer", "double", "complex", "character", "raw") && length(x) == 0L) {
    return(character())
  }
  switch(type,
    logical = ifelse(is.na(x), "null", ifelse(x, "true", "false")),
    integer = ifelse(is.na(x), "null", sprintf("%d", x)),
    double = double_bits(x),
    complex = paste0("[", double_bits(Re(x)), ",", double_bits(Im(x)), "]"),
    character = json_strings(x),
    raw = sprintf("%d", as.integer(x)),
    symbol = json_strings(as.character(x)),
    language = ,
    closure = json_strings(paste(deparse(x, 500L, control = c("keepNA", "keepInteger")), collapse = "\n")),
    environment = json_strings(environmentName(x)),
    NULL
  )
}

# --- objects ------------------------------------------------------------------------------------------------------

# The lines that describe `x` at `path`; `extra` are more JSON members of the first one.
describe <- function(x, path, extra = NULL) {
  type <- typeof(x)
  attrs <- attributes(x)
  attrs <- attrs[order(as.character(names(attrs)), method = "radix")]
  bare <- x
  # Environments and the like have one identity: taking attributes off would take them off the original.
  if (type %in% c("logical", "integer", "double", "complex", "character", "raw", "list", "expression",
                  "language", "closure")) {
    attributes(bare) <- NULL
  }
  values <- json_values(bare, type)
  line <- paste0(
    "{\"path\":", json_strings(path),
    ",\"type\":", json_strings(type),
    ",\"length\":", sprintf("%d", length(bare)),
    ",\"attributes\":", json_array(json_strings(as.character(names(attrs)))),
    extra,
    if (!is.null(values)) paste0(",\"values\":", json_array(values)),
    "}"
  )
  elements <- if (type %in% c("list", "expression")) {
    lapply(seq_along(bare), function(i) describe(bare[[i]], sprintf("%s[[%d]]", path, i)))
  }
  below <- lapply(names(attrs), function(name) {
    extra <- if (name == "row.names") {
      paste0(",\"automatic\":", if (.row_names_info(x, 1L) < 0L) "true" else "false")
    }
    describe(attrs[[name]], paste0(path, "@", name), extra)
  })
  c(line, unlist(elements), unlist(below))
}

# --- data sets ----------------------------------------------------------------------------------------------------

# The data sets of a package: names are objects, values the file or database entry that holds them.
data_sets <- function(package, library) {
  items <- utils::data(package = package, lib.loc = library)$results[, "Item"]
  objects <- sub("[[:space:]]*\\(.*\\)$", "", items)
  holders <- ifelse(grepl("(", items, fixed = TRUE), sub("^.*\\((.*)\\)$", "\\1", items), objects)
  holders <- structure(holders, names = objects)
  holders[order(objects, method = "radix")]
}

main <- function(args) {
  if (!length(args) %in% 1:2) {
    stop("usage: Rscript describe.R PACKAGE [LIBRARY]", call. = FALSE)
  }
  package <- args[[1L]]
  library <- if (length(args) == 2L) args[[2L]]
  sets <- data_sets(package, library)
  out <- stdout()
  for (object in names(sets)) {
    found <- new.env()
    utils::data(list = sets[[object]], package = package, lib.loc = library, envir = found)
    writeLines(describe(get(object, envir = found, inherits = FALSE), object), out, useBytes = TRUE)
  }
}

main(commandArgs(trailingOnly = TRUE))
