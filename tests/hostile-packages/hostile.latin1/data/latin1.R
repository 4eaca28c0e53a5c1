data.latin1 <- data.frame(a = 1:2, k = factor(c("\xfc", "b")))
names(data.latin1)[1] <- "stra\xdfe"
.x <- "\xfc"
attr(data.latin1, "comment") <- .x
bytes.levels <- structure(1:2, levels = local({ x <- c("\xff\xfe", "a\xe9"); Encoding(x) <- "bytes"; x }), class = "factor")
named.raw <- stats::setNames(list(1, 2), c("a\xe9", "b"))
rm(.x)
