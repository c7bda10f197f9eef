"""The campus self-service kiosk and its hub."""
