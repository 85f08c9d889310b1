"""What the options that every command takes add up to: which archive, how loud, in colour or not."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from searcher.cli.narration import Narration
from searcher.cli.output import Output
from searcher.errors import ConfigError

if TYPE_CHECKING:
    from searcher.archive import Archive
    from searcher.config import Config


@dataclass
class Session:
    """One run of the program.

    Attributes:
        index: `--index` as typed.
        color: auto, always or never.
    """

    index: str | None = None
    quiet: bool = False
    verbose: bool = False
    color: str = "auto"

    @cached_property
    def output(self) -> Output:
        """Stdout."""
        return Output(self.color)

    @property
    def narration(self) -> Narration:
        """Stderr."""
        return Narration(self.color, quiet=self.quiet, verbose=self.verbose)

    @cached_property
    def config(self) -> Config:
        """The places of the archive that this command speaks of."""
        from pathlib import Path

        from searcher.config import load

        try:
            here = Path.cwd()
        except OSError as error:
            raise ConfigError("this folder is no longer there", "Change to another and try again.") from error
        return load(self.index, os.environ, here)

    def archive(self, *, opened: bool = True) -> Archive:
        """Open the archive for reading (IndexMissingError, IndexDamagedError), or give it sound or not."""
        from searcher.archive import Archive

        self.narration.detail(f"index: {self.config.index}")
        archive = Archive.open(config=self.config) if opened else Archive.create(config=self.config)
        for problem in archive.problems():
            self.narration.warn(problem)
        return archive
