"""면접: when, where, with whom; an invitation for the calendar, and what became of it."""
