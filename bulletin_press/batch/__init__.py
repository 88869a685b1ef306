"""Many issues: a pool of processes that no single job can bring down, lists of publications, what need not be done."""
