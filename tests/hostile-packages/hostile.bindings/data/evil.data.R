evil.data <- structure(list(a = structure(1:2, class = "evil"), b = structure(1:2, levels = c("x", "y"), class = c("evil", "factor"))),
                       class = c("evil", "data.frame"), row.names = 1:2)
evil.list <- structure(list(a = structure(list(1), class = "evil")), class = "evil", extra = structure(1, class = "evil"))
evil.matrix <- structure(1:4, dim = c(2L, 2L), class = "evil")
