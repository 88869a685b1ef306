"""What a stranger may send: themes, definitions, word lists, issues; and a laboratory to try them in."""
