"""Work that comes round by itself: each job in transactions of its own, one that fails stops no other."""
