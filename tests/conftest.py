"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Press, Ran
from hypothesis import HealthCheck, settings

# The same examples on every run; a slow machine is no fault of the code.
settings.register_profile("stable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("stable")


@pytest.fixture
def press(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Press:
    """Run ``press`` in this process, in an empty folder."""
    from bulletin_press import cli

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PRESS_WORKSPACE", raising=False)

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        status = cli.run(arguments)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        assert "程序内部出错" not in captured.err
        return Ran(int(status), captured.out, captured.err)

    return run
