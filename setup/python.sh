#!/bin/sh
# Prints the path of the Python to use: the first from 3.11 up to 3.13 among $PYTHON and the usual names.
# A name on the PATH may be a stand-in that does not run (pyenv's shims), so each one is tried.
for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    found=$("$name" -c '
import sys
print(sys.executable if (3, 11) <= sys.version_info[:2] < (3, 14) else "")' 2>/dev/null) || continue
    if [ -n "$found" ]; then
        echo "$found"
        exit 0
    fi
done
echo "setup: no Python from 3.11 to 3.13 was found; install one, or name it: make PYTHON=/path/to/python3" >&2
exit 1
