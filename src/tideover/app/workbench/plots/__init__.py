"""Plots of the desk: SVG drawn on the server, a title that says the finding, a table behind."""

from tideover.app.workbench.plots._canvas import Plot
from tideover.app.workbench.plots.before_after import before_after
from tideover.app.workbench.plots.frontier import FrontierPoint, frontier
from tideover.app.workbench.plots.months import budget_months

__all__ = ["FrontierPoint", "Plot", "before_after", "budget_months", "frontier"]
