"""Rules of the family glyph (字形): one file a rule."""
