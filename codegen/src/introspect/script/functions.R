  # --- Functions --------------------------------------------------------------------------------------------------

  # What kind of binding a name has: "value", "active" (reading it runs code) or "promise" (so does forcing it).
  # The promises of R's own lazy loading only read a file: they count as values.
  binding <- function(name, environment) {
    symbol <- as.name(name)
    if (bindingIsActive(symbol, environment)) return("active")
    # substitute() gives the code of a promise, and the value of any other binding.
    code <- eval(call("substitute", symbol, environment))
    if (is.call(code) && !identical(code[[1L]], as.name("lazyLoadDBfetch"))) return("promise")
    if (is.symbol(code) && nzchar(as.character(code))) return("promise")
    "value"
  }

  # The values of bindings, without running code of the package. `failed` are those that R cannot load, with its message.
  values <- function(names, environment) {
    kinds <- vapply(names, binding, "", environment)
    names <- names[kinds == "value"]
    all <- tryCatch(mget(names, envir = environment, inherits = FALSE), error = function(e) NULL)
    failed <- character()
    if (is.null(all)) {
      all <- list()
      for (name in names) {
        value <- tryCatch(list(get(name, envir = environment, inherits = FALSE)), error = message_of)
        if (is.list(value)) all[name] <- value else failed[[name]] <- value
      }
    }
    list(values = all, failed = failed)
  }

  # Functions as data: without environments, byte code and the places of their source.
  parts <- function(functions) {
    primitive <- vapply(functions, is.primitive, NA)
    noted <- !primitive & !vapply(functions, function(f) is.null(attr(f, "srcref")), NA)
    functions[noted] <- lapply(functions[noted], function(f) {
      tryCatch(utils::removeSource(f), error = function(e) f)
    })
    shown <- functions
    shown[primitive] <- lapply(functions[primitive], args)
    list(
      name = enc2utf8(as.character(names(functions))),
      primitive = primitive,
      formals = lapply(unname(shown), formals),
      body = lapply(unname(functions), body),
      class = lapply(unname(functions), function(f) as.character(attr(f, "class")))
    )
  }

  # Functions as R can write them: code that a program made may nest too deeply for that, and for much else that walks it. Such
  # code becomes a call of something unknown.
  writable <- function(functions) {
    can <- function(code) tryCatch(is.raw(put(code, NULL)), error = function(e) FALSE)
    if (can(lapply(functions, function(f) list(formals(f), body(f))))) return(functions)
    lapply(functions, function(f) {
      if (is.primitive(f) || can(list(formals(f), body(f)))) return(f)
      as.function(c(if (can(formals(f))) formals(f), list(as.call(list(globalenv())))), envir = environment(f))
    })
  }

  # Exported names, as their names in the namespace. Everything in base can be seen.
  exported_names <- function(namespace) {
    names <- if (isBaseNamespace(namespace)) ls(namespace, all.names = TRUE) else getNamespaceExports(namespace)
    # The tables of S4 methods and classes are exported under names of their own.
    names[!startsWith(names, ".__T__") & !startsWith(names, ".__C__")]
  }

  # The package whose namespace holds `value`, where it is a function that was defined at the top level of one.
  origin <- function(value) {
    if (is.primitive(value)) return("base")
    owner <- attr(value, "package")
    # Generic functions of S4 know their package and have an environment of their own.
    if (is.function(value) && isS4(value) && is.character(owner)) return(as.character(owner)[1L])
    environment <- if (is.function(value)) environment(value)
    if (is.null(environment) || !isNamespace(environment)) return(NA_character_)
    unname(getNamespaceName(environment))
  }

  # Every name that the namespace imports: the name here, the package, and the name there.
  declared_imports <- function(namespace) {
    if (isBaseNamespace(namespace)) return(NULL)
    imports <- getNamespaceImports(namespace)
    imports <- imports[vapply(imports, is.character, NA)]
    there <- unlist(imports, use.names = FALSE)
    here <- unlist(lapply(imports, function(one) if (is.null(names(one))) one else names(one)), use.names = FALSE)
    list(name = here, package = rep(names(imports), lengths(imports)), original = there)
  }

  # The names that code mentions, and where their values come from. Only these are loaded.
  imports <- function(namespace, functions, exported) {
    declared <- declared_imports(namespace)
    environment <- if (!isBaseNamespace(namespace)) parent.env(namespace)
    if (!length(declared$name)) return(NULL)
    code <- c(lapply(functions, body), unlist(lapply(functions, function(f) as.list(formals(f))), recursive = FALSE))
    mentioned <- all.names(as.call(c(as.name("{"), unname(code))), unique = TRUE)
    declared$origin <- rep(NA_character_, length(declared$name))
    wanted <- which(declared$name %in% c(mentioned, exported))
    declared$origin[wanted] <- vapply(declared$name[wanted], function(name) {
      tryCatch(
        if (identical(binding(name, environment), "value")) origin(get(name, envir = environment, inherits = FALSE)) else NA_character_,
        error = function(e) NA_character_
      )
    }, "")
    declared
  }

  # The methods that the namespace declares, and those that its code registers for its own generics when it is loaded.
  s3_methods <- function(namespace) {
    registered <- NULL
    if (isBaseNamespace(namespace)) {
      table <- namespace[[".S3_methods_table"]]
      declared <- cbind(table, paste(table[, 1L], table[, 2L], sep = "."))
    } else {
      declared <- getNamespaceInfo(namespace, "S3methods")
      if (!is.matrix(declared) || ncol(declared) < 3L) declared <- matrix("", 0L, 3L)
      registered <- namespace[[".__S3MethodsTable__."]]
    }
    list(
      generic = as.character(declared[, 1L]),
      class = as.character(declared[, 2L]),
      name = as.character(declared[, 3L]),
      # Entries are called generic.class.
      registered = if (is.environment(registered)) {
        entries <- setdiff(ls(registered, all.names = TRUE), paste(declared[, 1L], declared[, 2L], sep = "."))
        found <- values(entries, registered)$values
        Filter(function(f) is.function(f) && identical(topenv(environment(f)), namespace), found)
      }
    )
  }

  code_of <- function(namespace, path) {
    names <- ls(namespace, all.names = TRUE)
    exported <- exported_names(namespace)
    found <- values(names, namespace)
    is_function <- vapply(found$values, is.function, NA)
    functions <- writable(found$values[is_function])
    found$values[is_function] <- functions
    own <- unname(getNamespaceName(namespace))
    # A function of another namespace that was assigned here under some name.
    from <- vapply(functions, origin, "")
    foreign <- !is.na(from) & from != own
    copied <- vapply(names(functions)[foreign], function(name) {
      tryCatch(
        identical(get(name, envir = asNamespace(from[[name]]), inherits = FALSE), functions[[name]]),
        error = function(e) FALSE
      )
    }, NA)
    copies <- names(functions)[foreign][copied]
    methods <- s3_methods(namespace)
    extra <- as.list(methods$registered[!(names(methods$registered) %in% names(functions))])
    for (name in setdiff(methods$name, names(functions))) {
      # A method that was found by its declared name elsewhere than among the bindings.
      f <- tryCatch(get(name, envir = namespace), error = function(e) NULL)
      if (is.function(f)) extra[[name]] <- f
    }
    described <- parts(c(functions[!(names(functions) %in% copies)], extra))
    described$exported <- described$name %in% exported
    methods$registered <- names(methods$registered)
    list(
      functions = described,
      failed = found$failed,
      exports = exported,
      bindings = names,
      copies = list(name = copies, package = unname(from[copies])),
      imports = imports(namespace, functions, exported),
      s3_methods = methods,
      classes = classes_of(namespace, found$values[!(names(found$values) %in% copies)], exported, path)
    )
  }

