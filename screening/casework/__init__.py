"""One order's way from criteria to somebody still in the job: people proposed, met, hired and kept."""
