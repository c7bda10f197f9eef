"""The way to the hub, and the only one: HTTPS with one pinned CA."""
