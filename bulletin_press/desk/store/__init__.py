"""An issue's file on the desk: edits spliced in, merged, kept in a history, undone.

``IssueFile`` is the door; edits are ``Set``, ``Insert``, ``Move`` and ``Delete``.
"""

from bulletin_press.desk.store.edits import Delete, Edit, Insert, Move, Set
from bulletin_press.desk.store.file import IssueFile, Saved, Unsaved, Unwritable
from bulletin_press.desk.store.history import Kept
from bulletin_press.desk.store.merging import Conflict
from bulletin_press.desk.store.presence import Other

__all__ = ["Conflict", "Delete", "Edit", "Insert", "IssueFile", "Kept", "Move", "Other", "Saved", "Set", "Unsaved",
           "Unwritable"]
