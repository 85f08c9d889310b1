"""How a test waits: until nothing is under way any more, and never for ever."""

from __future__ import annotations

import asyncio
import functools
import time

import pytest
from textual._context import active_app

LONGEST = 60  # seconds that a scenario may take, on a slow and busy machine too


def bounded(scenario):
    """Make a scenario that waits for what never comes fail, and say where every task of it waits."""

    @functools.wraps(scenario)
    async def timed(*args, **kwargs):
        running = asyncio.ensure_future(scenario(*args, **kwargs))
        await asyncio.wait({running}, timeout=LONGEST)
        if running.done():
            return running.result()
        waiting = "\n".join(_where(task) for task in asyncio.all_tasks() - {asyncio.current_task()})
        # What is cancelled may wait again while it tidies up: then it is cancelled again.
        for _ in range(20):
            if others := asyncio.all_tasks() - {asyncio.current_task()}:
                for task in others:
                    task.cancel()
                await asyncio.wait(others, timeout=0.2)
        return pytest.fail(f"still waiting after {LONGEST} seconds:\n{waiting}")

    return timed


def _where(task):
    frames = [f"{frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_name}" for frame in task.get_stack()]
    waits, awaited = task.get_coro(), []
    while waits is not None and (frame := getattr(waits, "cr_frame", None) or getattr(waits, "gi_frame", None)):
        awaited.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
        waits = getattr(waits, "cr_await", None) or getattr(waits, "gi_yieldfrom", None)
    return f"{task.get_name()}: {' > '.join(awaited or frames)}"


async def quiet(*_):
    """Let every message under way arrive. Textual's own wait measures the CPU, which others use too."""
    app = active_app.get()
    still = 0
    for _ in range(1000):
        await asyncio.sleep(0)
        pumps = [app, *app.screen_stack, *(node for screen in app.screen_stack for node in screen.walk_children())]
        still = 0 if any(pump.message_queue_size for pump in pumps) else still + 1
        if still == 5:
            return


async def settled(pilot):
    """Wait until no work is under way and nothing waits for a pause to end."""
    app = pilot.app
    with app._context():
        for _ in range(2000):
            await quiet()
            if not app.is_running or not _pending(app):
                break
            await asyncio.sleep(0.003)
        await quiet()
    if app.is_running:
        app.screen._on_timer_update()


def _pending(app):
    """Timers of the search loop that are still to fire, and workers that run."""
    screens = [screen for screen in app.screen_stack if screen.is_mounted]
    timers = []
    for screen in screens:
        timers += [getattr(screen, name, None) for name in ("_completion_pause", "_follow_up_pause")]
        for hits in screen.query("HitList"):
            timers.append(hits._rest)
    # A screen that another one covers is laid out when it is shown again.
    if any(screen._callbacks or (screen is app.screen and screen._layout_required) for screen in screens):
        return True
    waiting = any(timer is not None and timer._task is not None and not timer._task.done() for timer in timers)
    return waiting or any(worker.is_running and worker.group not in app.calm for worker in app.workers)


async def until(condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.003)
