"""Verified hires and what became of them: the only facts a score is made of."""
