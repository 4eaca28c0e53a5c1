# Objects. Leading digits, spaces, symbols, keywords of Rust and of Python, letters beyond ASCII.
`1st` <- 1
`two words` <- 2
`a+b` <- 3
`%in%` <- 4
`class` <- 5
`fn` <- 6
`self` <- 7
`None` <- 8
`été` <- 9
`日本` <- 10
`...` <- 11

# Names that meet when dots become underscores, and a name that the way out of it already uses.
x.y <- 12
x_y <- 13
x.y_ <- 14

# A leading dot: data() lists it where a file defines it.
.hidden <- 15
