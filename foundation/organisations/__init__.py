"""Organisations that meet in the network: firms, the center, chambers, agencies."""
