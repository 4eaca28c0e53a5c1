broken <- 1:3
