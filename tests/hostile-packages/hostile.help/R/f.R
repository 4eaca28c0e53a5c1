undocumented <- function(x) x
twice <- function(x, y) x
malformed <- function(x) x
macros <- function(x) x
large <- function(x) x
wrong <- function(a, b) a
nested <- function(x) x
evaluated <- function(x) x
