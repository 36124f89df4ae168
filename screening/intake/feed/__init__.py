"""The feed of job postings (GetJobInfo): pages into rows, rows into postings, every doubt into a finding."""
