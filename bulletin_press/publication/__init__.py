"""A publication: its workspace, settings, members, earlier issues, word lists, limits."""
