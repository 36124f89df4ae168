"""Documents the center has made: stored bytes with their hash, and the press that prints them."""
