local({
  where <- parent.env(environment())
  awful <- c(
    "a\"); pwned_marker(); (\"", "a'); pwned_marker(); ('", "a`; pwned_marker; `", "a\npwned_marker()\n", "a\rpwned_marker()",
    "a\\", "a\\\"; pwned_marker; \\\"", "a*/ pwned_marker(); /*", "a\"\"\"\npwned_marker()\n\"\"\"",
    "a'''\npwned_marker()\n'''", "a{{ pwned_marker }}", "a{% pwned_marker %}", "a${pwned_marker}", "a#{pwned_marker}",
    "a//pwned_marker", "a#pwned_marker", "a\"] pwned_marker!(); #[doc=\"", "a|pwned_marker", "a<pwned_marker>",
    "a: pwned_marker, b", "a\u202epwned_marker", "a\u2066b\u2069", "a\u200bb", "ab\ufeff", "a\u2028pwned_marker",
    "a\u0085pwned_marker", "a\001b", "a\x1b[31mred", "a\\0b", "a\\x00b", "\U1f600", "\u2764\ufe0f",
    "e\u0301", "\u00e9", "\ufb01", "fi", "\uff41\uff42", "ab", "\u212b", "\u00c5", "\u3164", "a\u3164", "a\ufe0f", "\U1d465",
    "a.b", "a_b", "a..b", "A.B", "a b", "a-b", "a (names)", "a (b)", "_a", "1", "1a", " ", "\t", "-", "%a pwned_marker%",
    "if", "TRUE", "NULL", "NA", "fn", "self", "Self", "crate", "type", "gen", "def", "class", "None", "lambda", "__init__",
    "__getattr__", "__all__", "__dir__", "_rb", "_rb_datasets", "rb", "r", "str", "list", "property", "annotations", "Any", "Literal",
    "Option", "Result", "Ok", "Vec", "raw", "new", "column", "field", "names", "len", "Self_", "fn_", "std", "u8", "i32"
  )
  awful <- unique(enc2utf8(awful))
  for (name in awful) assign(name, 1:3, envir = where)
  frame <- as.data.frame(rep(list(1:2), length(awful) + 2L))
  names(frame) <- c(awful, "", "doubled")
  where$frame <- frame
  where$record <- stats::setNames(lapply(seq_along(awful), function(i) i), awful)
  where$levels.frame <- data.frame(kind = factor(c(awful, "", NA), levels = c(awful, "")), f = factor("a\"\npwned_marker"))
  where$classed <- structure(list(a = 1), class = awful)
  where$attributed <- do.call(structure, c(list(1:3), stats::setNames(as.list(seq_along(awful)), paste0("z", awful))))
  where$tabled <- structure(1:4, dim = c(2L, 2L), dimnames = list("a\npwned_marker" = awful[1:2], "b\"\"\"" = awful[9:10]))
  where$nested <- list("a */ pwned_marker" = list("b\npwned_marker" = data.frame(x = factor("*/ pwned_marker"))))
})
