"""Things with a plug: card reader, printer, and their simulated twins."""
