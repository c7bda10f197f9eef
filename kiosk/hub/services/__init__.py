"""Use cases of the hub: plain synchronous functions; the database session and the time are passed in."""
