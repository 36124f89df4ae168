"""공고와 지원: public postings, people who apply to one (the firm is controller, the center its processor), reports."""
