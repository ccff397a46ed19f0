"""What happens to a loan, written to the log, the journal and the one active schedule."""
