"""The firm's pages: orders, mandate, shortlist, hire, standing."""
