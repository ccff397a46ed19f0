"""The pages of the desk, a module per group of pages."""
