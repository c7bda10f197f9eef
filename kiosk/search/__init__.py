"""Text to index to ranked ids; used by the kiosk offline and by the hub."""
