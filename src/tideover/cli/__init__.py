"""The command line: the same verbs at a prompt, each imported only when it is asked for."""
