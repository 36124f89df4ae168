"""Mail and SMS: written into the outbox by the domain, carried by ports, shown in the demo's mailbox."""
