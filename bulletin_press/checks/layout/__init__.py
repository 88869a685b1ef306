"""Rules of the family layout (版面): one file a rule."""
