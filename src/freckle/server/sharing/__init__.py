"""Share links: pictures shown to guests without an account, and what guests say to them."""
