"""``kiosk tour``: walks every flow through the running app, from outside, and writes down what it saw."""

import gc
import os
import sys
import tempfile
from pathlib import Path

from kiosk.domain.language import Language
from kiosk.toml_settings import BadSettings
from kiosk.tour.noise import Noise
from kiosk.tour.own_hub import LEFT_OUT, read_own_hub
from kiosk.tour.record import Report

#: Exit status where a flow failed, where there is no such flow, and where the hub's settings cannot be used.
FAILED, NO_SUCH_FLOW, BAD_SETTINGS = 1, 2, 2


def walk(out: Path, size: tuple[int, int], lang: Language, mode: str, only: str, hub_config: Path | None = None) -> int:
    """Pictures, slips and ``report.json`` into ``out``. 0 where every flow went as it should. ``hub_config``: the
    hub's settings, where they are not the tour's own."""
    own = read_own_hub(hub_config) if hub_config else None
    if isinstance(own, BadSettings):
        print(f"kiosk tour: {own}", file=sys.stderr)
        return BAD_SETTINGS
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kiosk-tour-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        _set_environment(folder)
        from kiosk.tour.flows import FLOWS

        asked = only.split(",") if only else [flow.name for flow in FLOWS]
        chosen = [flow for flow in FLOWS if flow.name in asked]
        if unknown := set(asked) - {flow.name for flow in chosen}:
            names = ", ".join(flow.name for flow in FLOWS)
            print(f"kiosk tour: no flow {', '.join(sorted(unknown))!r}; there are: {names}", file=sys.stderr)
            return NO_SUCH_FLOW
        from PySide6.QtGui import QGuiApplication

        from kiosk.demo import DemoFailedError
        from kiosk.tour.tour_pass import Pass

        application = QGuiApplication([])  # outlives everything of Qt
        report = Report(f"{size[0]}x{size[1]}", lang.value, mode)
        if own is not None:
            report.left_out = {flow.name: LEFT_OUT[flow.name] for flow in chosen if flow.name in LEFT_OUT}
            chosen = [flow for flow in chosen if flow.name not in LEFT_OUT]
        noise = Noise(folder / "stderr.log")

        def walked() -> str:
            """Why the hub does not take its settings, '' where it does. Keeps nothing of Qt."""
            try:
                one = Pass(folder / "campus", out, size, lang, mode, noise, own)
            except DemoFailedError as error:
                return str(error)
            one.walk(chosen, report)
            return ""

        noise.start()
        try:
            refused = walked()
        finally:
            gc.collect()  # what holds parts of Qt in a circle goes before the application does
            noise.stop()
            del application
        if refused:
            print(f"kiosk tour: {refused}", file=sys.stderr)
            return BAD_SETTINGS
        report.write(out)
        for flow in report.flows:
            said = "ok" if flow.ok else f"FAILED {flow.why}"
            touches = f"{flow.touches} touches" + ("" if flow.budget is None else f" of {flow.budget}")
            print(f"{flow.name}: {said} ({touches}, {flow.seconds:.1f} s)", file=sys.stderr)
        for name, why in report.left_out.items():
            print(f"{name}: left out: {why}", file=sys.stderr)
        return 0 if report.ok else FAILED


def _set_environment(folder: Path) -> None:
    """Before Qt: nothing of the machine's own settings, and the input method's dictionary in a folder of this pass."""
    from kiosk.ui.environment import set_environment

    config = folder / "config"
    config.mkdir()
    os.environ["XDG_CONFIG_HOME"] = str(config)
    os.environ["QT_FORCE_STDERR_LOGGING"] = "1"
    for name in ("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI", "QT_LOGGING_RULES", "QT_LOGGING_CONF"):
        os.environ.pop(name, None)
    set_environment()
