"""Which of many like cases run with every change; the rest run with the long proofs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def share(cases: Iterable[Any], quick: Collection[Any], *, fixture: bool = False) -> list[Any]:
    """All cases, those not in ``quick`` marked slow, for ``parametrize``, or as the ``params`` of a fixture.

    A case of several values is a tuple; to a fixture it is one value.

    Raises:
        ValueError: a quick case is none of the cases, so that a name that changed is not left out unnoticed.
    """
    every = list(cases)
    if unknown := [case for case in quick if case not in every]:
        raise ValueError(f"no cases: {unknown}")
    return [case if case in quick else pytest.param(*_values(case, fixture), marks=pytest.mark.slow) for case in every]


def _values(case: Any, fixture: bool) -> tuple[Any, ...]:
    return case if isinstance(case, tuple) and not fixture else (case,)
