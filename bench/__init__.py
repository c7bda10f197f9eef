"""Measured side by side with an anchor in the same run, printed as a table with ratios."""
