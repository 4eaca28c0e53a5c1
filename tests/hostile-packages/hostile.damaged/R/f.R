f <- function(x = 1) x
g <- function(y = "a") y
