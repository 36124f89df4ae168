"""알림 설정: what an account wants to hear, about what is its own or its team's, at once or gathered in a digest."""
