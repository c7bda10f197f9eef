"""Drives the running app from outside."""
