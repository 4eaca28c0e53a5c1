circle <- new.env()
circle$self <- circle
back <- local({ e <- new.env(); x <- structure(list(a = 1, e = e), back = e); e$x <- x; x })
loop.function <- local({ f <- function(x = f) f; f })
