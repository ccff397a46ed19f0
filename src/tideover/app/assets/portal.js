// The borrower's pages work without this file; it makes them quicker.
