"""A campus without directory, helpdesk or card system runs on a folder, a list of people and the built-in services."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.identity import CardClaim
from kiosk.domain.language import Language
from kiosk.domain.outcomes import Refused, Saved
from kiosk.domain.people import CardUid
from kiosk.hub.builtin.sample import sample_folder
from kiosk.offline import article_store
from kiosk.offline.article_pictures import PictureFolder
from kiosk.services.article_requests import FindArticles, FoundArticles
from kiosk.services.hub_requests import KnowledgeList, PictureCame, TextsCame
from kiosk.wire.knowledge import unpacked_list, unpacked_texts
from tests.patience import PATIENCE
from tests.real.hub_process import RunningHub, config_file, start_hub
from tests.whole.delivering import DeliveringKiosk, enrolled_folder

PEOPLE = """学号,姓名,身份,院系,手机,邮箱,校园卡
20230114287,张一明,学生,计算机学院,13800135521,,04A1B2C3D4E580
20230115302,李娜,学生,外国语学院,13900136602,,9F3A21C4
T2010007,Ada Lovelace,管理员,信息中心,,ada@example.edu,5C8810D2
"""


def hub_command(data: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-m", "kiosk.hub", *arguments, "--data", str(data), "--config", str(data / "hub.toml")]
    return subprocess.run(line, capture_output=True, text=True, timeout=PATIENCE, check=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder, data = tmp_path / "campus", tmp_path / "hub"
    folder.mkdir()
    for name in ("campus.toml", "catalogue.toml", "places.toml"):
        shutil.copy(sample_folder() / name, folder / name)
    config_file(data)
    done = hub_command(data, "campus", "import", str(folder))
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def hub(data: Path) -> Iterator[RunningHub]:
    running = start_hub(data)
    yield running
    running.kill()
    assert running.process.stdout is not None
    running.process.stdout.close()


def test_a_person_of_the_list_reports_by_card_and_is_known(data: Path, hub: RunningHub, tmp_path: Path) -> None:
    (data / "people").mkdir()
    (data / "people" / "monday.csv").write_text(PEOPLE)
    tried = hub_command(data, "people", "import", str(data / "people"), "--dry-run")
    assert (tried.returncode, '"taken":false' in tried.stdout) == (0, True), tried.stderr
    assert "13800135521" not in tried.stderr + tried.stdout
    taken = hub_command(data, "people", "import", str(data / "people"))
    assert (taken.returncode, '"added":3' in taken.stdout) == (0, True), taken.stderr

    enrolled_folder(tmp_path / "kiosk", hub.url, hub.ca, hub.code())
    kiosk = DeliveringKiosk(tmp_path / "kiosk")
    draft = TicketDraft(Language.ZH, "network", note="没网", claim=CardClaim(CardUid("04A1B2C3D4E580")))
    assert isinstance(kiosk.outbox.enqueue(draft), Saved)
    kiosk.deliver_all()
    kiosk.stop()
    (ticket,) = hub.tickets()
    assert (ticket["identity"], bool(ticket["person"])) == ("claimed", True)


@pytest.mark.usefixtures("hub")
def test_a_list_that_is_cut_short_ends_nobody(data: Path) -> None:
    (data / "people.csv").write_text(PEOPLE)
    assert hub_command(data, "people", "import", str(data / "people.csv")).returncode == 0
    head, *_, last = PEOPLE.splitlines()
    (data / "people.csv").write_text(f"{head}\n{last}\n")
    refused = hub_command(data, "people", "import", str(data / "people.csv"))
    assert (refused.returncode, '"taken":false' in refused.stdout) == (1, True)
    assert "--ending" in refused.stderr
    meant = hub_command(data, "people", "import", str(data / "people.csv"), "--ending", "2")
    assert (meant.returncode, '"ended":2' in meant.stdout) == (0, True), meant.stderr


ARTICLE = """+++
title = "{title}"
summary = "{title}"
topic = "printing"
tags = ["{tag}"]
owner = "centre"
reviewed = 2026-10-01
+++
{title}.

![{title}](plotter.jpg)
"""


def write_article(folder: Path, id: str, zh: str, en: str) -> None:
    for language, title in (("zh", zh), ("en", en)):
        (folder / f"{id}.{language}.md").write_text(ARTICLE.format(title=title, tag=f"{id}-word"), encoding="utf-8")


def found_at(kiosk: DeliveringKiosk, folder: Path, text: str, etag: str = "") -> tuple[list[str], str]:
    """Ids of what somebody at this kiosk finds by ``text``, with what the hub has now."""
    came = kiosk.client.knowledge(etag)
    if isinstance(came, KnowledgeList):
        wanted = unpacked_list(came.body)
        texts = kiosk.client.texts(wanted.texts)
        assert isinstance(texts, TextsCame)
        article_store.write(folder / "articles.db", came.etag, wanted, unpacked_texts(texts.body).items())
    store = article_store.ArticleStore(folder / "articles.db")
    rows = store.answer(FindArticles(1, text, Language.ZH))
    etag = store.etag
    store.close()
    return ([row.id for row in rows.rows] if isinstance(rows, FoundArticles) else []), etag


def pictures_of(folder: Path) -> tuple[str, ...]:
    store = article_store.ArticleStore(folder / "articles.db")
    store.close()
    return store.pictures


def test_an_imported_article_is_found_at_a_kiosk_until_it_is_taken_out(
    data: Path, hub: RunningHub, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    Image.new("RGB", (3000, 1500), "red").save(folder / "plotter.jpg")
    write_article(folder, "plotter", "打印大海报", "Print a large poster")
    write_article(folder, "scanner", "扫描成册", "Scan a book")
    write_article(folder, "half", "只有一半", "Half")
    (folder / "half.en.md").write_text("no front matter")
    tried = hub_command(data, "knowledge", "import", str(folder), "--dry-run")
    assert (tried.returncode, '"taken":false' in tried.stdout) == (1, True), tried.stderr
    taken = hub_command(data, "kb", "import", str(folder))
    assert (taken.returncode, '"taken":true' in taken.stdout) == (1, True), taken.stderr
    assert "half.en.md:1:" in taken.stderr

    enrolled_folder(tmp_path / "kiosk", hub.url, hub.ca, hub.code())
    kiosk = DeliveringKiosk(tmp_path / "kiosk")
    found, etag = found_at(kiosk, tmp_path, "海报")
    assert found == ["plotter"]
    kept = PictureFolder(tmp_path / "pictures")
    (missing,) = kept.missing(pictures_of(tmp_path))
    came = kiosk.client.picture(missing)
    assert isinstance(came, PictureCame)
    kept.keep(came.id, came.body)
    assert kept.missing(pictures_of(tmp_path)) == ()
    assert Image.open(tmp_path / "pictures" / f"{missing}.jpg").size == (1200, 600)
    assert isinstance(kiosk.client.picture("0" * 32), Refused)
    assert found_at(kiosk, tmp_path, "一半", etag) == ([], etag), "never half"

    (folder / "plotter.zh.md").unlink()
    (folder / "plotter.en.md").unlink()
    refused = hub_command(data, "kb", "import", str(folder))
    assert (refused.returncode, "--removing 1" in refused.stderr) == (1, True)
    assert found_at(kiosk, tmp_path, "海报", etag) == (["plotter"], etag)
    assert '"removed":["plotter"]' in hub_command(data, "kb", "import", str(folder), "--removing", "1").stdout
    assert found_at(kiosk, tmp_path, "海报", etag)[0] == []
    assert found_at(kiosk, tmp_path, "扫描", etag)[0] == ["scanner"]
    kiosk.stop()
