"""Where a database lies: network file systems and synced folders break what SQLite relies on."""

import os
from pathlib import Path

NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "ncpfs"})
"""File systems on which the shared memory of a write-ahead log does not work between machines."""

SYNCED = (
    "Dropbox",
    "OneDrive",
    "Google Drive",
    "GoogleDrive",
    "iCloud",
    "Nextcloud",
    "ownCloud",
    "Syncthing",
    "pCloud",
)
"""Beginnings of the names of folders that a program copies elsewhere while we write."""

CONFLICT_MARKS = ("sync-conflict", "conflicted copy", "conflict copy", "(conflict", "case conflict")


def _unescaped(field: str) -> str:
    """A field of mountinfo, where blanks stand as octal escapes."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, character)
    return field


def filesystem_of(path: str, mountinfo: str = "/proc/self/mountinfo") -> str:
    """The type of the file system that `path` is on ("ext4", "nfs4"); "" where the system does not tell."""
    try:
        with open(mountinfo, encoding="utf-8", errors="surrogateescape") as lines:
            mounts = [line.split() for line in lines]
    except OSError:
        return ""
    best, kind = "", ""
    for fields in mounts:
        if len(fields) < 10 or "-" not in fields[6:]:
            continue
        point = _unescaped(fields[4])
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        # A later mount on the same point hides the earlier one.
        if inside and len(point) >= len(best):
            best, kind = point, fields[fields.index("-", 6) + 1]
    return kind


def is_network(kind: str) -> bool:
    """Whether a file system of this type is on another machine."""
    return kind in NETWORK or kind in {"fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.s3fs"}


def synced_folder(path: str) -> str | None:
    """The folder above `path` that a sync program keeps, by its name; None when there is none."""
    for folder in Path(path).parents:
        if folder.name.startswith(SYNCED) or (folder / ".stfolder").exists():
            return str(folder)
    return None


def conflict_copies(path: str) -> tuple[str, ...]:
    """Copies that a sync program has made beside `path` because two machines wrote."""
    stem = Path(path).stem
    try:
        names = os.listdir(os.path.dirname(path) or ".")
    except OSError:
        return ()
    return tuple(sorted(n for n in names if n.startswith(stem) and any(mark in n.lower() for mark in CONFLICT_MARKS)))
