# What R itself needs to make the same things available: load the namespaces, fetch the help pages with tools::Rd_db, load
# every data set. Arguments: the packages.
for (package in commandArgs(trailingOnly = TRUE)) {
  namespace <- suppressWarnings(suppressMessages(loadNamespace(package)))
  pages <- tools::Rd_db(package)
  lazy <- namespace[[".__NAMESPACE__."]][["lazydata"]]
  sets <- if (is.environment(lazy)) mget(ls(lazy, all.names = TRUE), envir = lazy)
  # Data sets that are not loaded lazily.
  items <- utils::data(package = package)$results[, "Item"]
  items <- setdiff(sub(" .*", "", items), names(sets))
  if (length(items)) suppressWarnings(utils::data(list = items, package = package, envir = new.env()))
}
