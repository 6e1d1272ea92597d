"""Documents of reviews: what each kind must say, the words that an authority gives it, and the register of numbers."""
