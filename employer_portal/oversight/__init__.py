"""The auditor's and administrator's pages: the trail, the looks, the accounts."""
