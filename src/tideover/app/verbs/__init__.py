"""What people can do here: one module for each group of verbs, each verb one transaction."""
