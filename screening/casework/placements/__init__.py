"""채용확정: who was hired on what terms, counted so that no opening is filled twice."""
