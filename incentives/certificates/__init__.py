"""Certificates of excellent employers: the paper, the record inside it, and the judgement of a file shown to us."""
