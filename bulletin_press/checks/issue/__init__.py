"""Rules of the family issue (整期): one file a rule."""
