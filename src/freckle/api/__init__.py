"""What `import freckle` offers: open, retouch, save; documented in docs/api.md."""
