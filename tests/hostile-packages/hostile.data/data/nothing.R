nothing <- 1
