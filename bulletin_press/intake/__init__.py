"""Sheets that others made, into the figures of an issue, each with the cell that it came from."""
