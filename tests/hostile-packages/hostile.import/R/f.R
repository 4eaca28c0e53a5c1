f <- function(x) gone()
