"""Tideover: loan hardship, from "I cannot pay" to a signed repayment agreement that holds."""

__version__ = "0.1.0"
