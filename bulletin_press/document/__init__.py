"""The document in the middle: its tree of blocks, exhibits, markup, passages."""
