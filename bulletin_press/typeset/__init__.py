"""HTML to pages: WeasyPrint, kept to our fonts and our assets."""
