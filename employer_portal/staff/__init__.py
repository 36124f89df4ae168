"""The officer's pages: the worklist, an order from receipt to closing, the pool, the firms."""
