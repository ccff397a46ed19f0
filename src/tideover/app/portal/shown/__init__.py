"""What the pages show, worked out from what the verbs answer: cards, rows, plots, summaries."""
