"""The checks: the rules and the engine that runs them."""
