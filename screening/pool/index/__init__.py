"""The pool's columns, built from the database and kept up with it, one copy per process."""
