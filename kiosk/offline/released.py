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

#: What boot.py finds in a file that has been through all of them.
SCHEMA = "b95f672645e7a94c20ec294590e3c6632fe331c24e754911824c705375e5a9a9"
