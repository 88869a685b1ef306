"""Chinese as written: numerals, marks, brackets, spellings."""
