"""What the kiosk remembers: its key and name, the campus, and operations the hub has not accepted yet."""
