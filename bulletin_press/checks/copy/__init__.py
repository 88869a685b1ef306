"""Rules of the family copy (文字): one file a rule."""
