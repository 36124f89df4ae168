"""Where an order stands and whose turn it is, computed from what happened; nothing of it is stored."""
