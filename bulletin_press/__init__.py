"""The bulletin press: a trade association's monthly bulletin, checked and set to PDF."""

__version__ = "0.1.0"
