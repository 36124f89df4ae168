"""From verified hires to benefits: policies, evidence, scores, editions, certificates; knows nothing of the web."""
