"""기업 가입: a firm asks to join, the center finds out that it is the firm that asks, and an officer lets it in."""
