"""Where things lie in the kiosk's data folder."""

from pathlib import Path

from msgspec import Struct


class Places(Struct, frozen=True):
    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "kiosk.db"

    @property
    def copy(self) -> Path:
        """The second copy of what waits, in another form."""
        return self.folder / "kiosk.copy"

    @property
    def articles(self) -> Path:
        return self.folder / "articles.db"

    @property
    def articles_coming(self) -> Path:
        """Texts of articles that have come, until all of them have."""
        return self.folder / "articles-coming.db"

    @property
    def pictures(self) -> Path:
        return self.folder / "pictures"

    @property
    def lock(self) -> Path:
        return self.folder / "kiosk.lock"

    @property
    def key(self) -> Path:
        return self.folder / "kiosk.key"

    @property
    def identity(self) -> Path:
        return self.folder / "kiosk.json"

    @property
    def open_slip(self) -> Path:
        """Stands while a slip may hang out of the printer."""
        return self.folder / "slip-in-printer"

    @property
    def health(self) -> Path:
        """How the running kiosk is, for ``kiosk doctor``; there only while one runs."""
        return self.folder / "health.json"

    @property
    def roll(self) -> Path:
        """Slips printed since the roll was changed."""
        return self.folder / "printer-roll"

    def make(self) -> None:
        """Only the kiosk's own user may look inside."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
