"""Rules of the family data (数据): one file a rule."""
