"""The database: models, encrypted fields, the insert-only log and what keeps them honest."""
