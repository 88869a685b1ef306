"""The desk: a month's work in the browser, on the editor's own machine."""
