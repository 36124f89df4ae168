"""적격자 추천: the center submits, the firm answers; two lists and two decisions, each with its reason."""
