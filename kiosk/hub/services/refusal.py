"""The hub's ways of saying no, as values: a status, a stable code, and a sentence for staff and logs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class No:
    """``status`` is the HTTP status; 422 and 409 mean that sending the same again cannot help."""

    status: int
    code: str
    detail: str = ""
    retry_after: int | None = None


NOT_TRUSTED = No(401, "not_trusted", "no valid kiosk token")
REVOKED = No(403, "revoked", "this kiosk was revoked")
#: ``code`` of a request that needs more proofs than its session holds.
MORE_NEEDED = "more_needed"
NO_VISIT = No(401, "no_visit", "no valid session of a person")
SILENT = No(503, "card_system_silent", "the card system gave no answer", 30)
