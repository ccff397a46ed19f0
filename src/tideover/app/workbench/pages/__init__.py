"""What the pages of the desk show, put together from what the verbs return; nothing is changed."""
