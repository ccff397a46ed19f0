"""The borrower's pages: from "I cannot pay" to a signed plan, finished on a phone."""
