"""Searching the pool in words, keeping a search, judging its hits, and hearing of new people."""
