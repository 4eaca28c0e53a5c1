numbers <- c(one = 1.5, two = 2)
