"""The organisation of an authority: agencies, posts and who holds them, by date."""
