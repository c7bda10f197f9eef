"""How long a test waits for what must come: so long that only what is broken takes longer, however busy the machine
is. No test measures how long anything took."""

#: Seconds. pytest ends a test later than that, so that a test says itself what did not come.
PATIENCE = 120.0
