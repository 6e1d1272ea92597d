"""Everything that a data centre without internet needs, gathered in one bundle, and built into images there."""
