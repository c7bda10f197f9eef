"""The kiosk's commands. JSON alone on stdout, words on stderr; 0 done, 1 expected failure, 2 usage or configuration."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, HelpFormatter, Namespace, _SubParsersAction
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kiosk import commands
from kiosk.domain.language import Language, language_of
from kiosk.words import Speaker

#: Smallest and largest side of a window or picture, pixels.
SMALLEST_SIDE = 480
LARGEST_SIDE = 7680
MODES = ("plain", "contrast", "large", "reach", "large-reach", "keys")
#: Columns of a help text where the terminal does not say: asking it would import shutil before the first frame.
HELP_COLUMNS = 100
#: How a kiosk starts: without the parser and the words of every command, which take 6 ms before the first frame.
_AS_EVERY_DAY = ["run", "--config"]
DRAWER_ACTIONS = "tap PERSON, card-off, card-bad, net on|off, paper ok|low|out, printer on|off, codes, people"


class _Layout(Protocol):
    def __call__(self, *, prog: str) -> HelpFormatter: ...


def main(arguments: list[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["hub"]:
        # its own program: the kiosk's code never imports the hub's
        os.execv(sys.executable, [sys.executable, "-m", "kiosk.hub", *arguments[1:]])
    speak = Speaker(language_of(os.environ))
    if arguments[:2] == _AS_EVERY_DAY and len(arguments) == 3:
        return commands.run(Namespace(config=Path(arguments[2])), speak)
    parsed = _parser(speak).parse_args(arguments)
    return int(parsed.run(parsed, speak))


def _parser(speak: Speaker) -> ArgumentParser:
    def layout(prog: str) -> HelpFormatter:
        columns = os.environ.get("COLUMNS", "")
        return HelpFormatter(prog, width=int(columns) if columns.isdecimal() else HELP_COLUMNS)

    parser = ArgumentParser("kiosk", description=speak("commands.about"), formatter_class=layout)
    several = parser.add_subparsers(metavar=speak("commands.command"), required=True)

    def add(name: str, run: Callable[..., int], data: bool = False, **words: object) -> ArgumentParser:
        about = speak(f"commands.{name}", **words)
        command = several.add_parser(name, help=about, description=about, formatter_class=layout)
        if data:
            command.add_argument("--data", type=Path, required=True, metavar="DIR", help=speak("commands.data"))
        command.set_defaults(run=run)
        return command

    run = add("run", commands.run)
    run.add_argument("--config", type=Path, required=True, metavar="FILE", help=speak("commands.config"))

    demo = add("demo", commands.demo)
    demo.add_argument("--data", type=Path, metavar="DIR", help=speak("commands.data"))
    demo.add_argument("--size", type=_size(speak), default=(0, 0), metavar="WxH", help=speak("commands.size"))
    _language(demo, speak)

    drawer = add("drawer", commands.drawer, data=True, actions=DRAWER_ACTIONS)
    drawer.add_argument("action", nargs="+", metavar="ACTION", help=speak("commands.action"))

    tour = add("tour", commands.tour)
    tour.add_argument("--out", type=Path, required=True, metavar="DIR", help=speak("commands.out"))
    tour.add_argument(
        "--size", type=_size(speak), default=(1080, 1920), metavar="WxH", help=speak("commands.tour_size")
    )
    _language(tour, speak)
    tour.add_argument("--mode", choices=MODES, default="plain", help=speak("commands.mode"))
    tour.add_argument("--only", metavar="FLOW", default="", help=speak("commands.only"))
    tour.add_argument("--hub-config", type=Path, metavar="FILE", help=speak("commands.tour_hub_config"))

    enrol = add("enrol", commands.enrol)
    enrol.add_argument("--config", type=Path, required=True, metavar="FILE", help=speak("commands.config"))
    enrol.add_argument("--code", required=True, metavar="CODE", help=speak("commands.code"))

    doctor = add("doctor", commands.doctor)
    doctor.add_argument("--config", type=Path, required=True, metavar="FILE", help=speak("commands.config"))
    doctor.add_argument("--json", action="store_true", help=speak("commands.json"))

    printer = add("printer", commands.printer)
    printer.add_argument("what", choices=("probe", "new-roll"))
    printer.add_argument("--config", type=Path, required=True, metavar="FILE", help=speak("commands.config"))
    _language(printer, speak)

    drill = add("drill", commands.drill, data=True)
    drill.add_argument("--hub-key", type=Path, required=True, metavar="FILE", help=speak("commands.hub_key"))
    drill.add_argument("--count", type=int, required=True, metavar="N", help=speak("commands.count"))
    drill.add_argument("--class", dest="kind", choices=("ticket",), default="ticket", help=speak("commands.class"))

    outbox = add("outbox", commands.outbox)
    outbox.add_argument("what", choices=("list", "verify", "rebuild"))
    outbox.add_argument("--data", type=Path, required=True, metavar="DIR", help=speak("commands.data"))
    outbox.add_argument("--json", action="store_true", required=True, help=speak("commands.json"))

    _knowledge(several, speak, layout)

    card = add("card", commands.card)
    card.add_argument("what", choices=("probe",))
    card.add_argument("--config", type=Path, metavar="FILE", help=speak("commands.config"))
    card.add_argument("--json", action="store_true", help=speak("commands.json"))

    several.add_parser("hub", help=speak("commands.hub"), add_help=False)
    return parser


def _knowledge(several: "_SubParsersAction[ArgumentParser]", speak: Speaker, layout: "_Layout") -> None:
    from kiosk.kb_commands import COMMANDS

    about = speak("commands.kb")
    kb = several.add_parser("kb", help=about, description=about, formatter_class=layout)
    of_kb = kb.add_subparsers(metavar=speak("commands.command"), required=True)

    def add(name: str) -> ArgumentParser:
        about = speak(f"commands.kb_{name}")
        command = of_kb.add_parser(name, help=about, description=about, formatter_class=layout)
        command.set_defaults(run=COMMANDS[name])
        return command

    taken = add("import")
    taken.add_argument("path", type=Path, metavar="PATH", help=speak("commands.kb_folder"))
    taken.add_argument("--data", type=Path, required=True, metavar="DIR", help=speak("commands.kb_hub"))
    taken.add_argument("--dry-run", action="store_true", help=speak("commands.kb_dry_run"))

    index = add("index")
    index.add_argument(
        "--from", dest="source", type=Path, required=True, metavar="PATH", help=speak("commands.kb_from")
    )
    index.add_argument("--to", type=Path, required=True, metavar="DIR", help=speak("commands.kb_index_folder"))

    search = add("search")
    search.add_argument("words", nargs="*", metavar="QUERY", help=speak("commands.kb_words"))
    search.add_argument("--index", type=Path, metavar="DIR", help=speak("commands.kb_index_folder"))
    search.add_argument("--data", type=Path, metavar="DIR", help=speak("commands.kb_data"))
    search.add_argument("--batch", type=Path, metavar="FILE", help=speak("commands.kb_batch"))
    search.add_argument("--limit", type=int, default=10, metavar="N", help=speak("commands.kb_limit"))
    search.add_argument("--explain", action="store_true", help=speak("commands.kb_explain"))
    search.add_argument("--json", action="store_true", help=speak("commands.json"))
    _language(search, speak)

    evaluate = add("evaluate")
    evaluate.add_argument("--index", type=Path, metavar="DIR", help=speak("commands.kb_index_folder"))
    evaluate.add_argument("--data", type=Path, metavar="DIR", help=speak("commands.kb_data"))
    evaluate.add_argument("--queries", type=Path, required=True, metavar="FILE", help=speak("commands.kb_queries"))
    evaluate.add_argument("--json", action="store_true", help=speak("commands.json"))


def _language(command: ArgumentParser, speak: Speaker) -> None:
    command.add_argument(
        "--lang", type=Language, choices=list(Language), default=Language.ZH, help=speak("commands.lang")
    )


def _size(speak: Speaker) -> Callable[[str], tuple[int, int]]:
    def size(text: str) -> tuple[int, int]:
        width, _, height = text.lower().partition("x")
        if not (width.isdecimal() and height.isdecimal()):
            raise ArgumentTypeError(speak("commands.bad_size"))
        sides = int(width), int(height)
        if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in sides):
            raise ArgumentTypeError(speak("commands.bad_size"))
        return sides

    return size
