documented.data <- data.frame(x = 1:2, y = factor(c("*/ pwned_marker", "\"\"\"\npwned_marker()")))
