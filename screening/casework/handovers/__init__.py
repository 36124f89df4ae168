"""What happens to work that is under way when a mandate narrows, ends or is withdrawn: it goes back to the firm."""
