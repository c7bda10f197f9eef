"""HTTPS to a card system.

A change is sent with PUT to an address of its own. Where the answer is lost, that address is asked with GET, in the
same time: what came of it is known or not, and nothing is sent twice.
"""

from kiosk.hub.campus.https_line import Answer, HttpsLine, NoAnswer
from kiosk.hub.card_settings import RestCards

__all__ = ["Answer", "CardHttp", "NoAnswer"]

#: Of the time a change may take, the part that is kept for asking what became of it.
ASK_SHARE = 1 / 3
#: Most of an answer that is read, bytes: MOST_TRANSACTIONS movements with long names.
MOST_OF_ANSWER = 2 * 1024 * 1024


class CardHttp:
    """Used by many threads."""

    def __init__(self, settings: RestCards) -> None:
        self._url = settings.url
        self._headers = {"Accept": "application/json", "Authorization": f"Bearer {settings.secret.reveal()}"}
        self._line = HttpsLine(settings.ca, settings.answer_within, settings.connections, MOST_OF_ANSWER)

    def get(self, path: str) -> Answer | NoAnswer:
        return self._line.in_turn(lambda left: self._exchange("GET", path, None, left))

    def change(self, path: str, body: bytes) -> Answer | NoAnswer:
        """Once: asked what became of it where the answer was lost. NoAnswer: nobody knows."""

        def sent(left: float) -> Answer | NoAnswer:
            first = self._exchange("PUT", path, body, left * (1 - ASK_SHARE))
            if isinstance(first, Answer) and first.status < 500:
                return first
            asked = self._exchange("GET", path, None, left * ASK_SHARE)
            return asked if isinstance(asked, Answer) and asked.status == 200 else NoAnswer("slow")

        return self._line.in_turn(sent)

    def _exchange(self, method: str, path: str, body: bytes | None, seconds: float) -> Answer | NoAnswer:
        headers = {**self._headers, **({"Content-Type": "application/json"} if body is not None else {})}
        return self._line.exchange(method, self._url + path, headers, body, seconds)
