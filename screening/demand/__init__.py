"""What firms ask for: who they are, what they order, what they let us do, what they make public."""
