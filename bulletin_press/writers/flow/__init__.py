"""What outlets that flow share: colours, charts, pictures, words, templates. No page is laid out for them."""
