"""The desk in the browser: an issue's file kept safe, its pages live, what the browser is served."""
