"""An issue: its fields, its reading, and the document that it becomes."""
