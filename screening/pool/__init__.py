"""The people who look for work: what is known of them, the columns they are ranked by, searches among them."""
