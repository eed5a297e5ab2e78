"""One function per command: one transaction, rules from the domain."""
