"""What all tests share."""

from hypothesis import HealthCheck, settings

# The same examples on every run; a slow machine is no fault of the code.
settings.register_profile("stable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("stable")
