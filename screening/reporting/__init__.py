"""월간 소식: the center's published figures as frozen editions that the database can reproduce."""
