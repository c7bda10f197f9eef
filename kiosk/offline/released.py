"""Names of the schema steps, so that a start sees without sqlite-utils whether one is missing (a test compares)."""

RELEASED = (
    "m001_outbox_and_numbers",
    "m002_classes_of_operations",
    "m003_me_too",
    "m004_ticket_act",
    "m005_no_reset",
    "m006_self_tests",
    "m007_marks",
)
