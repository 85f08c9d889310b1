"""What every test starts from."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes is the machine's affair.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("patient")

CHOSEN_BY_A_USER = (
    *("BROWSER", "COLORFGBG", "EDITOR", "FORCE_COLOR", "NO_COLOR", "PAGER", "SEARCHER_INDEX", "VISUAL"),
    *("TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FPS", "TEXTUAL_THEME"),
)


def pytest_configure():
    """Forget what the environment of whoever runs the tests asks of a program."""
    for name in CHOSEN_BY_A_USER:
        os.environ.pop(name, None)


@pytest.fixture(scope="session", autouse=True)
def interruptible():
    """Let programs that tests start be ended by signals, where the tests run in the background or under nohup."""
    standard = {"SIGINT": signal.default_int_handler, "SIGHUP": signal.SIG_DFL, "SIGTERM": signal.SIG_DFL}
    for number, handler in ((getattr(signal, name, None), handler) for name, handler in standard.items()):
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)
