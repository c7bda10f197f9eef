"""Adapters to the campus's real systems, behind the ports of kiosk.hub.ports."""
