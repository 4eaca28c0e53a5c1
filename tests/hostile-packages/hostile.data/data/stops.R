stops <- 1
