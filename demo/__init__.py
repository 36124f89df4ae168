"""The invented center: its people, firms and sign-ins, its clock and its mailbox. Nothing below knows of it."""
