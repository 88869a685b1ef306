"""TOML files: text, places of values, what is wrong with them and what was meant."""
