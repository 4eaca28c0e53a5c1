gone <- function() 1
