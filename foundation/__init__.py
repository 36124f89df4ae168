"""The ground of the house: what two or more packages stand on, and what names no order, score or certificate."""
