# Two objects in one file: data() lists them as "left (pair)" and "right (pair)".
left <- data.frame(side = factor(c("l", "r")), n = 1:2)
right <- 3i
