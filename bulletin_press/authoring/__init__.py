"""What serves those who write an issue: a new one, fixes, the list, conversion, findings in print."""
