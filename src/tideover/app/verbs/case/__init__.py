"""What every verb about a case needs: its row, its words, its notices."""
