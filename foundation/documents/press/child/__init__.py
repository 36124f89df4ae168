"""What runs inside the press's child process; only here may WeasyPrint, fontTools, pyHanko and pikepdf be imported."""
