"""The campus self-service kiosk and its hub."""

from kiosk.lean import without

# Since Python 3.11 msgspec finds in typing itself what it takes from here where it can: 5 ms before the first frame.
with without("typing_extensions"):
    import msgspec as _msgspec  # noqa: F401
