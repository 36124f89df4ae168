"""From facts to points, pure: every point traced to its evidence, in integers of 1/1000 point."""
