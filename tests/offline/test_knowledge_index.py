"""``kiosk kb``: an index from files, asked without a hub."""

import json
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.domain.language import Language
from kiosk.offline.knowledge_index import FILE, NoIndexError, open_index

ARTICLES = [
    {"id": "reset", "title": "重置密码", "body": "在自助终端上就能办。先刷卡，再设新密码。", "tags": ["忘记密码"]},
    {"id": "wifi", "title": "Wi-Fi 连不上怎么办", "body": "先忘记网络，再连一次。", "lang": "zh"},
    {"id": "jam", "title": "Printer jammed", "body": "Open the front cover and pull the paper out."},
]
SAMPLE = Path("assets/sample-campus")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps(article, ensure_ascii=False) for article in ARTICLES), encoding="utf-8")
    return path


@pytest.fixture
def folder(lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["kb", "index", "--from", str(lines), "--to", str(tmp_path / "index")]) == 0
    assert json.loads(capsys.readouterr().out)["articles"] == len(ARTICLES)
    return tmp_path / "index"


def out_of(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main(["kb", *map(str, arguments)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "first"),
    [("密码忘了", "reset"), ("czmm", "reset"), ("從置密碼", "reset"), ("wifi 连bu上", "wifi"), ("jamed", "jam")],
)
def test_an_index_of_lines_is_searched(
    folder: Path, typed: str, first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(out_of(capsys, "search", "--index", folder, typed, "--json"))
    assert found[0]["id"] == first
    assert set(found[0]) == {"id", "title", "score"}


def test_a_batch_prints_one_line_for_each_question_and_nothing_else(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    asked = [{"qid": "a", "query": "重置密码"}, {"qid": "b", "query": ""}, {"qid": "c", "query": "printer"}]
    batch.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    printed = out_of(capsys, "search", "--index", folder, "--batch", batch, "--limit", "2", "--json")
    rows = [json.loads(line) for line in printed.splitlines()]
    assert [row["qid"] for row in rows] == ["a", "b", "c"]
    assert [row["ids"][:1] for row in rows] == [["reset"], [], ["jam"]]
    assert all(set(row) == {"qid", "ids", "ms"} and len(row["ids"]) <= 2 for row in rows)


def test_a_line_that_is_no_question_is_told_and_the_others_are_answered(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_bytes(b'{"qid": 1}\n\xff\n' + b"[" * 5000 + b'\n{"qid": "x", "query": "wifi"}\n')
    assert main(["kb", "search", "--index", str(folder), "--batch", str(batch), "--json"]) == 1
    printed = capsys.readouterr()
    assert [json.loads(line)["qid"] for line in printed.out.splitlines()] == ["x"]
    assert [line.rpartition(":")[2] for line in printed.err.splitlines()] == ["1", "2", "3"]


def test_explained_each_place_is_the_sum_of_its_reasons(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(out_of(capsys, "search", "--index", folder, "忘记密码", "--json", "--explain"))
    for row in found:
        why = dict(row["why"])
        assert why.pop("score") == row["score"] == pytest.approx(sum(why.values()), abs=0.001)
    assert "words" in out_of(capsys, "search", "--index", folder, "忘记密码", "--explain")


def test_labelled_questions_are_scored(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    queries = tmp_path / "labelled.jsonl"
    rows = [{"query": "重置密码", "rel": ["reset"], "set": "s"}, {"query": "天气", "rel": ["wifi"], "set": "s"}]
    queries.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    scored = json.loads(out_of(capsys, "evaluate", "--index", folder, "--queries", queries, "--json"))
    assert scored["s"]["recall_at_1"] == scored["s"]["recall_at_5"] == scored["s"]["mrr_at_10"] == 0.5
    assert "recall_at_5" in out_of(capsys, "evaluate", "--index", folder, "--queries", queries)


def test_a_folder_of_articles_is_an_index_with_its_synonyms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built = json.loads(out_of(capsys, "index", "--from", SAMPLE, "--to", tmp_path))
    assert built["left_out"] == 0
    found = json.loads(out_of(capsys, "search", "--index", tmp_path, "饭卡 丢失", "--json"))
    assert found[0]["id"] == "card-lost"


def test_any_markdown_is_an_article_by_its_heading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wiki = tmp_path / "wiki"
    (wiki / "net").mkdir(parents=True)
    (wiki / "net" / "vpn.md").write_text("# 校外访问\n\n**安装** [客户端](http://x) <script>alert(1)</script>", "utf-8")
    (wiki / "empty.md").write_text("\n\n", "utf-8")
    (wiki / "bytes.md").write_bytes(b"\xff\xfe\x00")
    (wiki / "out.md").symlink_to("/etc/passwd")
    assert main(["kb", "index", "--from", str(wiki), "--to", str(tmp_path / "i")]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["articles"] == 1
    assert sorted(line.partition(":")[0] for line in printed.err.splitlines()) == ["bytes.md", "empty.md", "out.md"]
    found = json.loads(out_of(capsys, "search", "--index", tmp_path / "i", "客户端", "--json"))
    assert [(row["id"], row["title"]) for row in found] == [("net/vpn", "校外访问")]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "null",
        '{"id":"x"}',
        '{"id":"","title":"t","body":"b"}',
        '{"id":1,"title":"t","body":"b"}',
        "[" * 9000,
    ],
)
def test_a_line_that_is_no_article_is_left_out_and_named(
    tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(ARTICLES[0])}\n{line}\n{json.dumps(ARTICLES[0])}\n", encoding="utf-8")
    assert main(["kb", "index", "--from", str(path), "--to", str(tmp_path / "i")]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["articles"] == 1
    assert [message.split(": ")[0] for message in printed.err.splitlines()] == ["a.jsonl:2", "a.jsonl:3"]


def test_a_bad_list_of_synonyms_leaves_the_index_there_was(lines: Path, folder: Path) -> None:
    before = (folder / FILE).read_bytes()
    lines.with_name("synonyms.toml").write_text("groups = 3", encoding="utf-8")
    assert main(["kb", "index", "--from", str(lines), "--to", str(folder)]) == 1
    assert (folder / FILE).read_bytes() == before


def test_whoever_asks_while_another_index_is_built_has_a_whole_one(lines: Path, folder: Path) -> None:
    opened = open_index(folder)
    assert main(["kb", "index", "--from", str(lines), "--to", str(folder)]) == 0
    assert [id for id, _ in opened.explained("重置密码", Language.ZH, 1)] == ["reset"]


@pytest.mark.parametrize("damage", [b"", b"x" * 9000])
def test_a_folder_without_a_sound_index_is_said_in_one_line(
    tmp_path: Path, damage: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / FILE).write_bytes(damage)
    with pytest.raises(NoIndexError):
        open_index(tmp_path)
    assert main(["kb", "search", "--index", str(tmp_path), "x"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["search", "x"], ["search", "--index", "i"], ["search", "--index", "i", "--data", "d", "x"]]
)
def test_a_command_that_does_not_say_where_or_what_is_refused(arguments: list[str]) -> None:
    assert main(["kb", *arguments]) == 2
