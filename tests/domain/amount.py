"""How many examples a property is tried on: ``COUNT=ci`` (default) or ``COUNT=full``."""

import os

from hypothesis import settings

EXAMPLES = {"ci": 200, "full": 10_000}[os.environ.get("COUNT", "ci")]

many = settings(max_examples=EXAMPLES, deadline=None)
