"""A theme: blocks to HTML and CSS, and the charts."""
