"""Drives the running app from outside."""

# First: whatever a flow imports of Qt Quick, it is loaded as the kiosk loads it, without what only OpenGL needs.
import kiosk.ui.quick  # noqa: F401
