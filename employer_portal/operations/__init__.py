"""Running the house: serving, working the outbox, commands, the schema."""
