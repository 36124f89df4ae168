"""서비스 시계: reminders that stop when the thing is done, a named lead, closing by itself at the end."""
