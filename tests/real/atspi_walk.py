"""Reads and presses one application through AT-SPI; a program for the system's Python, which has PyGObject.

One JSON request a line on stdin ({"do": "tree"} or {"do": "press", "id": n}), one JSON answer a line on stdout.
"""

import importlib
import json
import sys
import time
from typing import Any

FOUND_WITHIN_SECONDS = 120.0
#: How long a busy program may take to answer, milliseconds: by itself AT-SPI gives up after 0.8 s, and a press that was
#: made would count as none.
ANSWERED_WITHIN_MS = 120_000
MOST_NODES = 5000
STATES = ("FOCUSABLE", "FOCUSED", "CHECKED", "CHECKABLE", "SHOWING", "VISIBLE", "ENABLED", "EDITABLE")

importlib.import_module("gi").require_version("Atspi", "2.0")
Atspi: Any = importlib.import_module("gi.repository.Atspi")


def application(name: str) -> Any:
    desktop = Atspi.get_desktop(0)
    end = time.monotonic() + FOUND_WITHIN_SECONDS
    while time.monotonic() < end:
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_name() == name:
                return child
        time.sleep(0.05)
    sys.exit(f"no application {name!r} on the accessibility bus")


def actions(node: Any) -> list[str]:
    able = node.get_action_iface()
    return [able.get_action_name(index).lower() for index in range(able.get_n_actions())] if able else []


def tree(root: Any, nodes: list[Any]) -> list[dict[str, object]]:
    """Depth first; a node that goes away while it is read is left out."""
    told: list[dict[str, object]] = []
    waiting = [(root, 0)]
    while waiting and len(nodes) < MOST_NODES:
        node, depth = waiting.pop()
        try:
            states = node.get_state_set()
            told.append(
                {
                    "id": len(nodes),
                    "depth": depth,
                    "role": node.get_role_name(),
                    "name": node.get_name() or "",
                    "description": node.get_description() or "",
                    "states": [state.lower() for state in STATES if states.contains(getattr(Atspi.StateType, state))],
                    "actions": actions(node),
                }
            )
            nodes.append(node)
            children = [node.get_child_at_index(index) for index in range(node.get_child_count())]
        except Exception:
            del nodes[len(told) :], told[len(nodes) :]
            continue
        waiting += [(child, depth + 1) for child in reversed(children) if child is not None]
    return told


def press(node: Any) -> bool:
    try:
        return bool(node.get_action_iface().do_action(actions(node).index("press")))
    except Exception:
        return False


def main() -> None:
    Atspi.init()
    Atspi.set_timeout(ANSWERED_WITHIN_MS, ANSWERED_WITHIN_MS)
    root = application(sys.argv[1])
    nodes: list[Any] = []
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "tree":
            nodes.clear()
            # what is remembered here may be older than what is on screen
            root.clear_cache()
            answer: object = tree(root, nodes)
        else:
            answer = press(nodes[request["id"]])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
