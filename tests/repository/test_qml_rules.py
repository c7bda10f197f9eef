"""Rules no linter of Qt's knows. Text from anywhere is plain text, so screens use only our own components."""

import re

import pytest

from tests.repository.tree import ROOT, files, name

COMPONENTS = "kiosk/ui/qml/components/"
RAW = r"Text|Label|Button|TextField|TextArea|ToolButton|ItemDelegate|MenuItem|RoundButton|TabButton|TextInput|TextEdit"
RULES = {
    "a raw control outside components": rf"(?<![\w\"])(?:\w+\.)?(?:{RAW})\s*\{{",
    "a property named like a signal handler": r"\bproperty\s+[\w.<>]+\s+on[A-Z]\w*",
    "an import that leads out of the kiosk": r"^\s*import\s+(?:Qt\.labs\.platform|QtQuick\.Dialogs|QtWeb\w+)\b",
    "an address opened from the screen": r"\bopenUrlExternally\b",
    "words outside the catalogue": r"\bqsTr\w*\s*\(",
    "rich text": r"\bText\.(?:RichText|StyledText|AutoText|MarkdownText)\b",
}


def without_comments(source: str) -> str:
    """The same lines, comments blanked; a string that holds ``//`` (an address) loses its end, which no rule reads."""
    bare = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment.group().count("\n"), source, flags=re.DOTALL)
    return re.sub(r"//.*", "", bare)


def broken(source: str, *, component: bool) -> list[tuple[int, str]]:
    """Line and rule of each violation."""
    bare = without_comments(source)
    return sorted(
        (bare.count("\n", 0, found.start()) + 1, rule)
        for rule, pattern in RULES.items()
        if not (component and rule.startswith("a raw control"))
        for found in re.finditer(pattern, bare, re.MULTILINE)
    )


def test_our_qml_keeps_the_rules() -> None:
    found = {
        name(path): broken(path.read_text(encoding="utf-8"), component=name(path).startswith(COMPONENTS))
        for path in files(".qml")
        if path.is_relative_to(ROOT / "kiosk")
    }
    assert {path: what for path, what in found.items() if what} == {}


def test_every_text_of_a_component_says_that_it_is_plain() -> None:
    assert [name(path) for path in files(".qml") if unsaid(path.read_text(encoding="utf-8"))] == []


def unsaid(source: str) -> bool:
    """More ``Text`` elements than statements of the plain format."""
    bare = without_comments(source)
    return len(re.findall(r"(?<![\w.\"])Text\s*\{", bare)) > len(re.findall(r"textFormat\s*:\s*Text\.PlainText", bare))


@pytest.mark.parametrize(
    "source",
    [
        'Item {\n  Text { text: "x" }\n}',
        "Item { delegate: ItemDelegate {} }",
        "Controls.Button {\n}",
        "Item { property var onTap: null }",
        "import QtQuick.Dialogs\nItem {}",
        "import Qt.labs.platform as Platform",
        "MouseArea { onClicked: Qt.openUrlExternally(address) }",
        'Say { text: qsTr("x") }',
        "Say { textFormat: Text.RichText }",
    ],
)
def test_the_guard_sees_planted_violations(source: str) -> None:
    assert broken(source, component=False)


@pytest.mark.parametrize(
    "source",
    ["PrimaryButton { }", "// Text {", "/* qsTr( */ Say {}", "Item { property var once }", "Say { color: Theme.text }"],
)
def test_the_guard_leaves_our_own_parts_alone(source: str) -> None:
    assert broken(source, component=False) == []


def test_the_guard_sees_a_text_of_unsaid_format() -> None:
    assert unsaid("Text { text: x }")
    assert not unsaid("Text { textFormat: Text.PlainText }")
    assert broken("Text {}", component=True) == []
