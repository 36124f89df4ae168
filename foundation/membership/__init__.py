"""Who belongs: accounts opened, invited, disabled; the team of a firm."""
