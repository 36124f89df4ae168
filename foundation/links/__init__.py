"""Links in messages: 128 random bits, stored hashed, for one purpose, one subject and one holder."""
