"""Signing in, accounts, workspaces and their members: routes that exist only with accounts."""
