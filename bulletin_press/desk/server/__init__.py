"""The desk's server: a page for every step of the month, for this machine alone."""
