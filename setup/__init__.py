"""Prepares a machine: system packages, virtual environment, locked dependencies. Standard library only."""
