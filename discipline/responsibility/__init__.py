"""Whether heads answer for what was found at their agency, level by level up the chain."""
