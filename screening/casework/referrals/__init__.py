"""알선: one person for one order, from being found to being told how it ended."""
