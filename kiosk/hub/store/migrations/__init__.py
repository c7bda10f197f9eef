"""Alembic environment and versions; run by kiosk.hub.store.migrate only."""
