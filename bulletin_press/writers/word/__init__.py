"""The Word edition: styles, paragraphs and what each of them comes from."""
