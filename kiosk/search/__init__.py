"""Text -> index -> ranked ids; knows nothing of kiosks and hubs."""
