"""A simulation as one page that needs nothing else: findings, plots, tables, how to do it again."""

from tideover.portfolio.report.page import Report, report_of, report_page

__all__ = ["Report", "report_of", "report_page"]
