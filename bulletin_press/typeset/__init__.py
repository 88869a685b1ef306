"""The Chinese composer: text to items, items to breaks, breaks to set lines, lines to glyphs.

`characters` classifies, `spacing` knows the white between two neighbours, `boxes` cuts a text into
boxes, `items` adds their widths and the glue between, `linebreak` chooses the breaks, `setting`
distributes the slack of a line. None of them knows a layout engine: `setter` is the one door to it,
`weasyprint_adapter` behind it alone imports it, `reports` is what pages say of themselves.
"""
