"""The secret helper: the only process that ever holds a PIN, and the pad that starts, feeds and kills it.

Key codes go to it one by one over a pipe; it answers with a count and, at the end, one sealed envelope payload.
"""
