"""``python -m setup run|test``: everything one of them needs; at the second start only looks whether it is there."""

import sys

from setup import environment, system
from setup.trouble import Trouble


def main(arguments: list[str]) -> int:
    """Exit status 0 ready, 1 not possible (said in one sentence), 2 usage."""
    if len(arguments) != 1 or arguments[0] not in system.LISTS:
        print(f"usage: python -m setup {'|'.join(system.LISTS)}", file=sys.stderr)
        return 2
    try:
        system.prepare(arguments[0])
        environment.prepare(arguments[0])
    except Trouble as trouble:
        print(f"setup: {trouble}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
