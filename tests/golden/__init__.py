"""Pictures that were looked at and accepted."""
