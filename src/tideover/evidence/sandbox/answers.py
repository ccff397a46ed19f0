"""How a reader inside the child says no."""


class Refused(Exception):
    """The file cannot be taken; `code` and `figures` go to the parent, which has the words."""

    def __init__(self, code: str, **figures: object) -> None:
        super().__init__(code)
        self.code = code
        self.figures = figures
