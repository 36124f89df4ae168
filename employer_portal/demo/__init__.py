"""What exists only in the demo: its clock, its mailbox, its invented center."""
