"""What every test starts from."""

from __future__ import annotations

import os
import signal

import pytest

CHOSEN_BY_A_USER = ("COLORFGBG", "FORCE_COLOR", "NO_COLOR", "BROWSER", "EDITOR", "PAGER", "VISUAL", "SEARCHER_INDEX")


def pytest_configure():
    """Forget what the environment of whoever runs the tests asks of a program."""
    for name in (*CHOSEN_BY_A_USER, *filter(lambda name: name.startswith("TEXTUAL_"), tuple(os.environ))):
        os.environ.pop(name, None)


@pytest.fixture(scope="session", autouse=True)
def interruptible():
    """Let programs that tests start be interrupted, as from a terminal, where the tests run in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
