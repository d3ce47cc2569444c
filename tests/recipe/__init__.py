"""What the user wants, as data: styles, what belongs to a photo, and what is made of both."""
