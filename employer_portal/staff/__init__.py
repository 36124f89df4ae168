"""The center's own pages: worklist, orders from receipt to closing, pool, firms, editions, the trail."""
