"""Looking at the work as a whole: how it goes, how well it was done, and what was done at all."""
