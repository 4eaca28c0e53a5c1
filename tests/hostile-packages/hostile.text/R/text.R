.texts <- c(
  "\"\"\"\npwned_marker()\n\"\"\"", "'''\npwned_marker()\n'''", "*/ pwned_marker(); /*", "\\", "\\\"", "\"", "'", "`", "\"; pwned_marker(); \"",
  "{{ pwned_marker }}", "{% pwned_marker %}", "${pwned_marker}", "#{pwned_marker}", "{pwned_marker}", "{0}", "%s", "\n", "\r\n",
  "\u2028pwned_marker", "\u0085pwned_marker", "\u202e\u2066", "\ufeff", "\001\x1b[2J", "</script><script>pwned_marker()</script>",
  "```\npwned_marker()\n```", "r\"#pwned_marker", "\"#; pwned_marker", "\\u{0}", "\\x00", "\\N{NULL}", "\U1f600", "", " ", "NA"
)
# Their defaults and their bodies hold the texts as values.
attempts <- as.function(c(as.pairlist(stats::setNames(as.list(.texts), paste0("a", seq_along(.texts)))), quote(a1)))
choices <- function(kind) match.arg(kind)
formals(choices)$kind <- as.call(c(quote(c), as.list(.texts)))
switched <- as.function(alist(kind = , NULL))
body(switched) <- as.call(c(quote(switch), quote(kind), stats::setNames(as.list(seq_along(.texts)), ifelse(nzchar(.texts), .texts, "x"))))
default.code <- function(x = { "*/"; pwned_marker() }, y = quote(`*/ pwned_marker`), z = function(a) "\"\"\"") x
documented <- function(x, y = 1, ...) x
quoting <- function(x = `a"b`$`c\`d`, y = r"(*/ """ pwned_marker)") x
