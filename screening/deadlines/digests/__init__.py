"""모아 보기: letters gathered for a day or a week, without what was done meanwhile."""
