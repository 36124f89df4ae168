"""Effects on the world outside: written in the act's own transaction, done later, never lost, never done twice."""
