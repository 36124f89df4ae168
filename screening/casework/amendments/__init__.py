"""근로조건 변경: other terms for an open order; worse ones need an officer's yes, everyone is told (채용절차법 §4)."""
