"""Pictures to where people look at them, by open protocols; nothing is sent unasked."""
