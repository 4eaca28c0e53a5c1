# A grandchild that outlives its parent and keeps the parent's pipes open: killing R alone is not enough.
.onLoad <- function(libname, pkgname) system("sleep 3600")
