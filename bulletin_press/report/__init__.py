"""The data report: figures → facts → plan → wording.

The four stages are those of Reiter and Dale, *Building Natural Language Generation Systems*
(2000): signal, interpretation, document planning, realisation. What is said about which figure
stands in a definition (``templates/reports/<name>/definition.toml``), never here.
"""
