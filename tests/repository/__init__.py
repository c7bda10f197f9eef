"""Guards over the repository itself; each has been seen to fail on a planted violation."""
