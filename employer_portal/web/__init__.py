"""What every page shares: areas with their callers, the request's transaction, errors, forms and components."""
