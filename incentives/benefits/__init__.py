"""혜택: what a certificate opens, who gives it, and on what ground."""
