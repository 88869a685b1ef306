"""Files for the print shop: inks, bleed, marks, imposition, and what a print shop would refuse."""
