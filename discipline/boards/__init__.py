"""Boards (hội đồng kỷ luật): who sits, who may not, whether they are enough, and which votes they call."""
