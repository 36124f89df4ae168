"""심사기준: versioned, fixed before the first look at a person, the same for everyone."""
