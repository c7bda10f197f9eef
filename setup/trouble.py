"""What stops the preparation, in one sentence for the person at the keyboard."""


class Trouble(Exception):
    """Expected: shown without a traceback, exit status 1."""
