"""구인기업: the firms whose hiring the center does, and the firms it only knows from the feed or an old register."""
