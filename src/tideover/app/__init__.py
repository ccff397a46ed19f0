"""The service: one lender's borrowers, agents and ledger over one database."""
