"""Page fill: the arrangements that a theme declares, the score of laid-out pages, the search for the best."""
