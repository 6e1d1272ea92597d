"""Plans by which what is open at agencies that end passes to those that take over."""
