"""Until when and whose turn: the next step of every order, reminders, pauses, digests."""
