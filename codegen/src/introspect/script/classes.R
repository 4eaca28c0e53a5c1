  # --- Exports that are no functions ------------------------------------------------------------------------------

  # What base rebinds while it runs.
  rebound <- c(".Last.value", ".Traceback", ".Options", ".Devices", ".Device", ".sys.timezone", "last.warning", ".Random.seed")
  # A value that is short and is the same on every machine.
  most_elements <- 16L
  short_value <- function(x, path) {
    if (!is.atomic(x) || is.null(x) || is.object(x) || length(x) > most_elements) return(NULL)
    if (length(setdiff(names(attributes(x)), "names"))) return(NULL)
    if (is.character(x)) {
      places <- unique(c(dirname(path), R.home(), Sys.getenv("HOME"), tempdir(), .libPaths()))
      places <- places[nchar(places) > 1L]
      found <- vapply(places, function(place) any(grepl(place, x, fixed = TRUE, useBytes = TRUE)), NA)
      if (any(found)) return(NULL)
    }
    list(x)
  }

  constants <- function(values, path) {
    values <- values[!(names(values) %in% rebound)]
    list(
      name = as.character(names(values)),
      object = lapply(unname(values), function(x) tryCatch(skeleton(x), error = function(e) list(kind = typeof(x)))),
      value = lapply(unname(values), short_value, path)
    )
  }

  # What is bound in an environment. Active bindings and promises are named and left alone.
  members <- function(environment) {
    # Namespaces and the environments of the search path are described elsewhere, or are what the session made of them.
    searched <- isNamespace(environment) || nzchar(environmentName(environment)) && is.null(attr(environment, "class"))
    names <- if (searched) character() else ls(environment, all.names = TRUE)
    names <- names[seq_len(min(length(names), most_fields))]
    kinds <- vapply(names, binding, "", environment)
    found <- values(names[kinds == "value"], environment)$values
    functions <- vapply(found, is.function, NA)
    list(
      name = names,
      active = names[kinds == "active"],
      functions = parts(found[functions]),
      values = as.character(names(found)[!functions]),
      objects = lapply(unname(found[!functions]), function(x) {
        tryCatch(skeleton(x), error = function(e) list(kind = typeof(x)))
      })
    )
  }

  environments <- function(values) {
    list(
      name = as.character(names(values)),
      class = lapply(unname(values), function(x) as.character(attr(x, "class"))),
      members = lapply(unname(values), members)
    )
  }

  # --- R6 -----------------------------------------------------------------------------------------------------------

  is_r6 <- function(x) is.environment(x) && "R6ClassGenerator" %in% attr(x, "class")

  # The method `clone` that R6 gives to every class: what it takes, without its long code.
  without_copied_code <- function(f) {
    if (!is.primitive(f) && identical(environmentName(environment(f)), "R6_capsule")) body(f) <- NULL
    f
  }

  r6_classes <- function(generators) {
    lapply(generators, function(generator) {
      names <- c("classname", "public_fields", "public_methods", "active", "inherit")
      found <- values(intersect(names, ls(generator, all.names = TRUE)), generator)$values
      listed <- function(name) if (is.list(found[[name]])) found[[name]] else list()
      closures <- function(name) lapply(Filter(is.function, listed(name)), without_copied_code)
      list(
        class = as.character(found[["classname"]]),
        inherits = found[["inherit"]],
        field_names = as.character(names(listed("public_fields"))),
        fields = lapply(unname(listed("public_fields")), skeleton),
        methods = parts(closures("public_methods")),
        active = parts(closures("active"))
      )
    })
  }

  # --- S4 and reference classes -------------------------------------------------------------------------------------

  # Slots are attributes: this reads them without looking up their class.
  slot_of <- function(object, name) attr(object, name, exact = TRUE)

  # The superclasses or subclasses of a class, the nearest first, those at most `most` steps away.
  relatives <- function(extensions, most = Inf) {
    distance <- vapply(extensions, function(one) as.numeric(slot_of(one, "distance"))[1L], 0)
    extensions <- extensions[order(distance)]
    as.character(names(extensions)[sort(distance) <= most])
  }

  s4_classes <- function(definitions, exports) {
    standard <- c("envRefClass", ".environment", "refClass", "environment", "refObjectGenerator")
    lapply(definitions, function(definition) {
      name <- as.character(slot_of(definition, "className"))
      contains <- relatives(slot_of(definition, "contains"))
      out <- list(
        name = name,
        exported = paste0(".__C__", name) %in% exports,
        virtual = isTRUE(slot_of(definition, "virtual")),
        union = "ClassUnionRepresentation" %in% class(definition),
        slot_names = as.character(names(slot_of(definition, "slots"))),
        slots = vapply(slot_of(definition, "slots"), function(one) as.character(one)[1L], ""),
        contains = contains,
        subclasses = relatives(slot_of(definition, "subclasses"), 1)
      )
      if ("refClassRepresentation" %in% class(definition)) {
        out$reference <- TRUE
        out$contains <- setdiff(contains, standard)
        fields <- slot_of(definition, "fieldClasses")
        out$slot_names <- as.character(names(fields))
        out$slots <- vapply(fields, function(one) as.character(one)[1L], "")
        methods <- slot_of(definition, "refMethods")
        if (is.environment(methods)) {
          methods <- values(ls(methods, all.names = TRUE), methods)$values
          methods <- Filter(function(one) is.function(one) && identical(as.character(slot_of(one, "refClassName")), name), methods)
          out$methods <- parts(lapply(methods[!grepl("#", names(methods), fixed = TRUE)], plain_function))
        }
      }
      out
    })
  }

  # A function without class and attributes.
  plain_function <- function(f) {
    if (!is.primitive(f)) attributes(f) <- NULL
    f
  }

  # A method with more arguments than its generic is stored as a call of the function that was written, `.local`.
  written_method <- function(f) {
    code <- body(f)
    if (!is.call(code) || length(code) != 3L || !identical(code[[1L]], as.name("{"))) return(plain_function(f))
    assignment <- code[[2L]]
    if (!is.call(assignment) || length(assignment) != 3L || !identical(assignment[[2L]], as.name(".local"))) {
      return(plain_function(f))
    }
    inner <- assignment[[3L]]
    if (is.function(inner)) return(plain_function(inner))
    if (is.call(inner) && identical(inner[[1L]], as.name("function"))) {
      return(as.function(c(as.list(inner[[2L]]), list(inner[[3L]])), envir = baseenv()))
    }
    plain_function(f)
  }

  s4_generics <- function(functions) {
    generics <- Filter(function(f) isS4(f) && is.character(slot_of(f, "signature")), functions)
    list(
      name = as.character(names(generics)),
      signature = lapply(unname(generics), function(f) as.character(slot_of(f, "signature"))),
      value_class = lapply(unname(generics), function(f) as.character(slot_of(f, "valueClass")))
    )
  }

  # The tables of methods are called .__T__generic:package.
  s4_methods <- function(tables) {
    tables <- Filter(is.environment, tables)
    lapply(seq_along(tables), function(i) {
      name <- sub("^\\.__T__", "", names(tables)[i])
      table <- tables[[i]]
      found <- values(ls(table, all.names = TRUE), table)$values
      found <- Filter(function(f) is.function(f) && isS4(f) && is.character(slot_of(f, "target")), found)
      target <- lapply(unname(found), slot_of, "target")
      list(
        generic = sub(":[^:]*$", "", name),
        package = sub("^.*:", "", name),
        classes = lapply(target, as.character),
        arguments = lapply(target, function(one) as.character(slot_of(one, "names"))),
        functions = parts(lapply(found, written_method))
      )
    })
  }

  # Everything that is not a function, from what `code_of` has found. `own` are the exports that are bound here.
  classes_of <- function(namespace, found, own, path) {
    is_metadata <- startsWith(names(found), ".__")
    definitions <- found[startsWith(names(found), ".__C__")]
    package <- unname(getNamespaceName(namespace))
    definitions <- Filter(function(one) isS4(one) && identical(as.character(slot_of(one, "package")), package), definitions)
    plain <- found[!is_metadata & !vapply(found, is.function, NA)]
    r6 <- vapply(plain, is_r6, NA)
    exported <- plain[!r6 & names(plain) %in% own]
    environment <- vapply(exported, function(x) is.environment(x) && !isS4(x), NA)
    generators <- Filter(function(f) is.function(f) && "refObjectGenerator" %in% attr(f, "class"), found[names(found) %in% own])
    list(
      constants = constants(exported[!environment], path),
      environments = environments(exported[environment]),
      r6_classes = r6_classes(plain[r6]),
      exported = intersect(names(plain)[r6], own),
      s4_classes = s4_classes(unname(definitions), if (!isBaseNamespace(namespace)) getNamespaceExports(namespace)),
      generators = vapply(generators, function(f) as.character(slot_of(f, "className"))[1L], ""),
      s4_generics = s4_generics(found[vapply(found, is.function, NA)]),
      s4_methods = s4_methods(found[startsWith(names(found), ".__T__")])
    )
  }

