"""Imports without what is optional in them: some libraries use others where those are installed, and we never need it.

Each costs megabytes, or milliseconds before the first frame. What is hidden here can be imported again afterwards.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*modules: str) -> Iterator[None]:
    """Inside, ``import`` of one of ``modules`` raises ImportError, unless it has been imported already."""
    hidden = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is how Python spells "there is none"
    try:
        yield
    finally:
        for name in hidden:
            if sys.modules.get(name) is None:
                sys.modules.pop(name, None)
