"""결과통보: everyone who agreed to be proposed is told how it ended, and only then an order closes."""
