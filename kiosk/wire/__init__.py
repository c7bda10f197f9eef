"""The contract between kiosk and hub: typed messages by topic, JSON over HTTPS, version 1.

Times are RFC 3339 with offset. Unknown fields in answers are ignored by the kiosk, so that a newer hub can serve an
older kiosk; the hub refuses unknown fields, so that nothing a kiosk says is silently dropped.
"""
