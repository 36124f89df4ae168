"""What other systems hand over: feeds and files, read into the words of this house."""
