"""평가판: a half-year's scores, drawn up, published for objections, and frozen."""
