// The desk works without this file; it adds the keyboard.
