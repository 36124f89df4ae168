"""Accounts: who may sign in, how they prove it, and the sessions that end when their rights end."""
