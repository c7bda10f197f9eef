"""The admins' and staff's web pages: one door, one table of who may what, everything that is done written down."""
