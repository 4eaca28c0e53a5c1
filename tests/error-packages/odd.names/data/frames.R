# Columns.
odd.columns <- data.frame(
  1:2, 3:4, 5:6, 7:8, c("a", "b"), c(TRUE, NA), 9:10, 11:12, 13:14, 15:16, 17:18
)
names(odd.columns) <- c(
  "a.b", "a_b", "twice", "twice", "", NA, "new\nline", "quote\"\"\"", "back\\slash", "names", "r"
)

# Levels: some meet in UpperCamelCase, some are no words.
odd.levels <- data.frame(level = factor(
  c("", " ", "a b", "a_b", "A.B", "25-34", "<5", ">=5", "100%", "R&D", "\"", "\\", "'''", "*/", "é", "Self", NA)
))

# A frame whose class is not the one that its name suggests, and one that takes the name of the other's enumeration.
odd.levels.level <- data.frame(a = 1)

# No rows; no columns.
no.rows <- data.frame(a = integer(), b = character())
no.columns <- data.frame(row.names = c("one", "two"))
