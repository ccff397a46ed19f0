"""A simulation as one page that needs nothing else: findings, plots, tables, how to do it again."""

from tideover.portfolio.report.page import report_page

__all__ = ["report_page"]
