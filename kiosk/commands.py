"""What each command does. Imports stand inside: a command pays only for what it uses, and the start is a budget."""

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import Settings, read_settings
from kiosk.toml_settings import BadSettings
from kiosk.words import Speaker

if TYPE_CHECKING:
    from kiosk.offline.kiosk_key import KioskKey
    from kiosk.offline.places import Places


def run(arguments: Namespace, speak: Speaker) -> int:
    settings = read_settings(arguments.config)
    if isinstance(settings, BadSettings):
        return _failed(str(settings), 2)
    return _alone(settings, speak)


def _alone(settings: Settings, speak: Speaker) -> int:
    """One process owns the data folder: a second start says so before anything is opened."""
    from kiosk.offline import lock
    from kiosk.offline.places import Places

    held = lock.take(Places(settings.data).lock)
    if isinstance(held, lock.InUse):
        return _failed(speak("commands.in_use", pid=held.pid), 1)
    from kiosk.typing_place import make_typing_place

    typing = make_typing_place()
    os.environ["XDG_CONFIG_HOME"] = str(typing)
    try:
        import gc

        # Everything imported until the window stands is kept; collections over it would only delay the first frame.
        gc.disable()
        from kiosk.ui.environment import set_environment

        set_environment(gpu=settings.screen.gpu)
        from kiosk import outside
        from kiosk.app import run as run_kiosk
        from kiosk.logs import start_log
        from kiosk.ui.window import WindowSettings

        start_log(settings.data / "log")
        screen = settings.screen
        window = WindowSettings(
            screen.width == 0, screen.width, screen.height, screen.diagonal_inch, typing_folder=typing
        )
        return run_kiosk(settings, outside.real(settings), window, lambda _: gc.enable())
    finally:
        import shutil

        shutil.rmtree(typing, ignore_errors=True)
        held.release()


def demo(arguments: Namespace, _speak: Speaker) -> int:
    import shutil
    import signal
    import tempfile

    from kiosk.demo import DemoFailedError
    from kiosk.demo_run import run_demo

    own = Path(tempfile.mkdtemp(prefix="kiosk-demo-")) if arguments.data is None else None
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        return run_demo(own or arguments.data, arguments.size, arguments.lang)
    except DemoFailedError as error:
        return _failed(str(error), 1)
    finally:
        if own:
            shutil.rmtree(own, ignore_errors=True)


def drawer(arguments: Namespace, _speak: Speaker) -> int:
    from kiosk.demo import DemoPlaces
    from kiosk.drawer_socket import ask

    done, words = ask(DemoPlaces(arguments.data).drawer, " ".join(arguments.action))
    if not done:
        return _failed(words, 1)
    if words:
        print(words)
    return 0


def tour(arguments: Namespace, _speak: Speaker) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from kiosk.tour.walk import walk

    return walk(arguments.out, arguments.size, arguments.lang, arguments.mode, arguments.only, arguments.hub_config)


def enrol(arguments: Namespace, speak: Speaker) -> int:
    settings = read_settings(arguments.config)
    if isinstance(settings, BadSettings):
        return _failed(str(settings), 2)
    from kiosk.enrolment import Enrolled
    from kiosk.enrolment import enrol as enrol_here

    if settings.hub.ca == Path():
        return _failed(speak("commands.enrol_without_ca"), 2)
    try:
        ca_pem = settings.hub.ca.read_text(encoding="ascii")
    except OSError as error:
        return _failed(f"{settings.hub.ca}: {error.strerror or error}", 2)
    answer = enrol_here(settings.data, settings.hub.url, ca_pem, arguments.code)
    if not isinstance(answer, Enrolled):
        return _failed(answer.why, 1)
    print(speak("commands.enrolled", kiosk=answer.kiosk), file=sys.stderr)
    return 0


def doctor(arguments: Namespace, speak: Speaker) -> int:
    """1 where something is down."""
    settings = read_settings(arguments.config)
    if isinstance(settings, BadSettings):
        return _failed(str(settings), 2)
    import json

    from kiosk import doctor_words
    from kiosk.doctor import examined

    report = examined(settings)
    if arguments.json:
        print(json.dumps(doctor_words.as_json(report, speak), ensure_ascii=False))
    else:
        print("\n".join(doctor_words.in_words(report, speak)))
    return 1 if report.is_down else 0


def printer(arguments: Namespace, speak: Speaker) -> int:
    settings = read_settings(arguments.config)
    if isinstance(settings, BadSettings):
        return _failed(str(settings), 2)
    from kiosk import printer_probe

    if arguments.what == "new-roll":
        return printer_probe.new_roll(settings)
    return printer_probe.probe(settings, Speaker(arguments.lang), speak)


def drill(arguments: Namespace, _speak: Speaker) -> int:
    from kiosk.offline.drill import NotDrilled
    from kiosk.offline.drill import drill as drill_here

    outcome = drill_here(arguments.data, arguments.hub_key, arguments.count)
    if isinstance(outcome, NotDrilled):
        return _failed(outcome.why, 1)
    return 1 if outcome.refused else 0


def outbox(arguments: Namespace, _speak: Speaker) -> int:
    import json

    from kiosk.offline import kiosk_key, outbox_reading
    from kiosk.offline.places import Places

    places = Places(arguments.data)
    if arguments.what == "list":
        rows = outbox_reading.listing(places.database)
        if isinstance(rows, outbox_reading.NoOutbox):
            return _failed(rows.detail, 1)
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    if not places.key.exists():
        return _failed(f"{places.key}: no such file", 1)
    key = kiosk_key.load_or_make(places.key)
    if isinstance(key, kiosk_key.KeyUnreadable):
        return _failed(f"{key.path} is not a key", 1)
    if arguments.what == "rebuild":
        return _rebuild(places, key)
    found = outbox_reading.verify_all(places, key)
    if isinstance(found, outbox_reading.NoOutbox):
        return _failed(found.detail, 1)
    told = {"ok": found.ok, "rows": found.rows, "open": found.open, "copied": found.copied, "problems": found.problems}
    print(json.dumps(told, ensure_ascii=False))
    return 0 if found.ok else 1


def _rebuild(places: "Places", key: "KioskKey") -> int:
    """While no kiosk runs: puts the database aside and makes it anew from what is sound in it and the second copy."""
    import json

    from kiosk.offline import lock
    from kiosk.offline.opening import Memory, open_memory

    held = lock.take(places.lock)
    if isinstance(held, lock.InUse):
        return _failed(f"{places.folder} is in use by process {held.pid}; stop that kiosk first", 1)
    try:
        made = open_memory(places, key, anew=True)
        if not isinstance(made, Memory):
            return _failed(f"{places.database}: {made}", 1)
        made.close()
    except OSError as error:
        return _failed(str(error), 1)
    finally:
        held.release()
    aside = made.set_aside.name if made.set_aside else None
    print(json.dumps({"operations": made.rebuilt, "set_aside": aside}))
    return 0


def card(arguments: Namespace, speak: Speaker) -> int:
    """Says what the card on the reader is; runs beside a running kiosk."""
    import json

    from kiosk import card_report
    from kiosk.card_kinds import NoKeyError, profiles_of
    from kiosk.devices.card_probe import NotProbed, probe

    settings = read_settings(arguments.config) if arguments.config else None
    if isinstance(settings, BadSettings):
        return _failed(str(settings), 2)
    cards = settings.card if settings else ()
    try:
        profiles = profiles_of(cards)
    except NoKeyError as why:
        return _failed(str(why), 2)

    def lay_one(reader: str) -> None:
        print(speak("card_probe.lay", reader=reader), file=sys.stderr, flush=True)

    seen = probe(settings.reader.name if settings else "", profiles, lay_one)
    if isinstance(seen, NotProbed):
        return _failed(speak(f"card_probe.{seen.value}"), 1)
    kinds = card_report.kinds_of(cards)
    if arguments.json:
        print(json.dumps(card_report.as_json(seen, kinds), ensure_ascii=False))
    else:
        print("\n".join(card_report.in_words(seen, kinds, speak)))
    return 1 if seen.counts is None else 0


def _failed(line: str, status: int) -> int:
    print(line, file=sys.stderr)
    return status
