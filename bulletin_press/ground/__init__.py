"""The floor that all stands on: findings and faults, files read and written, what the package carries."""
