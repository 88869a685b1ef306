#!/bin/sh
# The tests that `make test` leaves out for their length.
exec "${PRESS_VENV:-.venv}/bin/python" -m pytest -m slow
