"""Files of spreadsheet programs as plain cells. They run in a process of their own (see ``child``)."""
