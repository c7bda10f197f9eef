"""For every test: Qt draws into memory, hypothesis follows COUNT, and the rules of our test runs hold."""

import os

# Before anything imports Qt; forced, so that tests never open windows on a developer's display.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
# Debian installs daemons where somebody who is not root does not look.
os.environ["PATH"] = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.counts import COUNT

if TYPE_CHECKING:
    from tests.real.directory.openldap import OpenLdap
    from tests.real.directory.samba import Samba
    from tests.real.helpdesk.request_tracker import RequestTrackerServer

settings.register_profile("ci", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("full", settings.get_profile("ci"), max_examples=2_000)
settings.load_profile(COUNT)

pytest_plugins = ("tests.no_skips", "tests.figures", "tests.sharing")


@pytest.fixture(scope="session")
def openldap_server() -> "Iterator[OpenLdap]":
    from tests.real.directory.openldap import private_openldap

    with private_openldap() as server:
        yield server


@pytest.fixture(scope="session")
def samba_server() -> "Iterator[Samba]":
    """Provisioned once a version, which takes half a minute."""
    from tests.real.directory.samba import private_samba

    with private_samba() as server:
        yield server


@pytest.fixture(scope="session")
def request_tracker_server() -> "Iterator[RequestTrackerServer]":
    """Set up once a run, which takes some seconds."""
    from tests.real.helpdesk.request_tracker import private_request_tracker

    with private_request_tracker() as server:
        yield server
