table <- 1
