"""`searcher index`: brings the index up to date."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searcher.cli import exits, records
from searcher.cli.options import Command, inference_options, output_format
from searcher.cli.progress import IndexProgress
from searcher.errors import IndexLockedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.archive import Archive
    from searcher.cli.session import Session
    from searcher.ingest.options import IndexOptions
    from searcher.model import IndexReport

_MILLISECONDS_BETWEEN_LOOKS = 60_000


@click.command(cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help="Build the index anew, from the sources as they are now.")
@inference_options
@click.option("--workers", type=click.IntRange(min=0), metavar="N", help="Read with so many processes.")
@click.option(
    "--memory",
    type=click.IntRange(min=64),
    metavar="MB",
    default=768,
    show_default=True,
    help="Use no more memory than about this.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done and do nothing.")
@click.option("--watch", is_flag=True, help="Stay, and index what changes as it changes, until interrupted.")
@output_format("text", "json")
@click.pass_obj
def command(
    session: Session,
    paths: tuple[Path, ...],
    output_format: str,
    *,
    full: bool,
    infer: bool,
    people_model: str | None,
    workers: int | None,
    memory: int,
    dry_run: bool,
    watch: bool,
) -> int:
    """Bring the index up to date with the files and folders PATH.

    Without a PATH: with the sources that searcher.toml names. Files that have not changed are not read again; those
    that are gone are taken out.
    """
    from searcher.archive import Archive
    from searcher.ingest.options import IndexOptions

    sources = paths or session.config.sources
    if not sources:
        raise UsageError(
            "nothing to index: no PATH is given, and no searcher.toml names sources",
            "Name what to index: searcher index FOLDER",
        )
    changes = _changes(sources, session.config.index) if watch else iter(())
    options = IndexOptions(
        full=full,
        infer=infer,
        people_model=people_model,
        workers=workers,
        memory_megabytes=memory,
        dry_run=dry_run,
    )
    again = replace(options, full=False)
    failed = False
    with _ended_as_interrupted(), Archive.create(config=session.config) as archive:
        report = _run(session, archive, sources, options)
        _write(session, report, output_format, dry_run=dry_run)
        failed |= bool(report.failed)
        for _ in changes:
            try:
                report = _run(session, archive, sources, again)
            except IndexLockedError as error:  # whoever it is will be done before the next look
                session.narration.say(f"{error.message}; looking again later")
                continue
            failed |= bool(report.failed)
            if report.added or report.updated or report.removed or report.failed:
                _write(session, report, output_format, dry_run=dry_run)
    return exits.SOME_UNREADABLE if failed else exits.DONE


@contextmanager
def _ended_as_interrupted() -> Iterator[None]:
    """Be asked to end (`kill`, a shutdown, a terminal that closes) as by Ctrl-C, so that nothing half done stays."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    heard = [number for number in known if signal.getsignal(number) is signal.SIG_DFL]  # not what `nohup` ignores
    if threading.current_thread() is not threading.main_thread():
        heard = []
    for number in heard:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_DFL)


def _run(session: Session, archive: Archive, sources: Sequence[Path], options: IndexOptions) -> IndexReport:
    try:
        with IndexProgress(session.narration) as progress:
            return archive.index(sources, options=options, on_event=progress)
    except KeyboardInterrupt:
        session.narration.say("interrupted: the index is at its last commit; the same command goes on from there")
        raise


def _write(session: Session, report: IndexReport, output_format: str, *, dry_run: bool) -> None:
    if output_format == "json":
        session.output.json(records.index(report))
    elif not session.quiet:
        session.output.lines(_text(report, session.config.index, dry_run=dry_run))


def _text(report: IndexReport, index: Path, *, dry_run: bool) -> Iterator[str]:
    counts = [
        f"{report.added:,} added",
        f"{report.updated:,} updated",
        f"{report.removed:,} removed",
        f"{report.unchanged:,} unchanged",
    ]
    if report.failed:
        counts.append(f"{len(report.failed):,} not readable")
    yield ("would be: " if dry_run else "") + ", ".join(counts)
    if not dry_run:
        rate = (report.added + report.updated) / max(report.seconds, 0.001)
        speed = f", {rate:,.0f} articles/s" if report.added + report.updated else ""
        yield f"{report.articles:,} articles in {index} at revision {report.revision} ({report.seconds:.1f} s{speed})"


def _changes(sources: Sequence[Path], index: Path) -> Iterator[object]:
    """Wait for changes in the sources, those of the index itself left aside; look once a minute without any, too.

    What changed while nobody waited, or on a disk that tells of no changes, is found that way.
    """
    try:
        import watchfiles
    except ImportError as error:
        raise UsageError("--watch needs watchfiles", "Install it: pip install watchfiles") from error
    missing = next((source for source in sources if not source.exists()), None)
    if missing is not None:
        raise UsageError(f"{missing} is not there to be watched", "Name files and folders that are.")
    inside = f"{index}{os.sep}"
    return watchfiles.watch(
        *sources,
        watch_filter=lambda _change, path: not path.startswith(inside),
        rust_timeout=_MILLISECONDS_BETWEEN_LOOKS,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
