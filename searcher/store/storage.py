"""A Whoosh storage whose commits survive a power cut.

Whoosh writes an index as new files and makes them current by renaming a table of contents; it never asks the system to
put any of it on the disk. Here every file written since the last rename, and the folder with its name, is flushed
before the rename, and the folder after it again, so that a table of contents that can be read names only files that are
whole.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from whoosh.filedb.filestore import FileStorage

if TYPE_CHECKING:
    from pathlib import Path

    from whoosh.filedb.structfile import StructFile

    from searcher.store.codec.sections import SectionFile


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Files of one folder, flushed to the disk in the order that makes a rename a commit.

    Attributes:
        opened: the files of segments that somebody reads, by name: they never change, and the next who reads one need
            not open it again.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.opened: WeakValueDictionary[str, SectionFile] = WeakValueDictionary()
        self._unflushed: set[str] = set()

    def create_file(self, name: str, **options: Any) -> StructFile:
        """Create a file that the next rename is to flush."""
        self._unflushed.add(name)
        return super().create_file(name, **options)

    def delete_file(self, name: str) -> None:
        """Remove a file."""
        self._unflushed.discard(name)
        super().delete_file(name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Put all that was written on the disk, rename, and put the renaming on the disk.

        Raises:
            OSError: any of it failed; there is no file of the new name, where `safe` says that there was none.
        """
        if safe and self.file_exists(newname):
            raise FileExistsError(newname)
        self.flush()
        sync_folder(self.folder)
        os.replace(self._fpath(oldname), self._fpath(newname))  # noqa: PTH105 - storages speak in strings
        try:
            sync_folder(self.folder)
        except OSError:
            if safe:  # or readers would take for a commit what its writer is told is none
                os.remove(self._fpath(newname))  # noqa: PTH107
            raise

    def flush(self, *names: str) -> None:
        """Put on the disk every file written since the last flush, and `names` that others wrote here."""
        for name in sorted(self._unflushed.union(names)):
            path = self._fpath(name)
            if os.path.exists(path):  # noqa: PTH110
                sync_file(path)
        self._unflushed.clear()


def sync_file(path: str) -> None:
    """Wait until a file's content is on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: str) -> None:
    """Wait until a folder's names are on the disk, on systems where a folder can be flushed."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
