"""HTML in, tagged and sealed PDF out; everything heavy or hostile happens in a child process that may be killed."""
