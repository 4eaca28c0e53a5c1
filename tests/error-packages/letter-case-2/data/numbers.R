numbers <- c(one = 1, two = 2)
