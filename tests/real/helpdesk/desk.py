"""Staff at a Request Tracker while the tour walks: what they do is done there, and the hub has to hear of it."""

import requests

from kiosk.demo import DemoHub
from tests.patience import PATIENCE


def works_at(port: int, token: str) -> None:
    """In the tour's process: the desk's acts go to the Request Tracker on ``port`` of this machine, as this account."""

    def ask(method: str, path: str, **more: object) -> dict[str, object]:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(
                method,
                f"http://127.0.0.1:{port}/REST/2.0/{path}",
                headers={"Authorization": f"token {token}"},
                timeout=PATIENCE,
                **more,  # type: ignore[arg-type]
            )
        answer.raise_for_status()
        told: dict[str, object] = answer.json()
        return told

    def desk_says(_hub: DemoHub, reference: str, state: str, words: str) -> None:
        found = ask("GET", "tickets", params={"query": f"Subject LIKE '{reference}'", "orderby": "id", "order": "DESC"})
        items = found["items"]
        assert isinstance(items, list)
        assert items, f"{reference} is not at the helpdesk"
        path = f"ticket/{items[0]['id']}"
        ask("POST", f"{path}/correspond", json={"Content": words, "ContentType": "text/plain"})
        ask("PUT", path, json={"Status": state})

    DemoHub.desk_says = desk_says  # type: ignore[method-assign, assignment]
