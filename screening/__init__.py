"""The center's own work: from a job order to a person still in the job a year later. No web in here."""
