good <- 1:3
