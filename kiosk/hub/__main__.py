"""The hub as its own program: ``python -m kiosk.hub``."""

import sys

from kiosk.hub.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
