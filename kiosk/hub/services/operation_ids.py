"""Operation ids as kiosks make them."""

from uuid import UUID


def is_operation_id(text: str) -> bool:
    """A UUID (RFC 9562) in lower-case hex with dashes."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
