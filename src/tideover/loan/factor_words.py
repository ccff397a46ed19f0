"""What principal is multiplied by to give interest, in words: a rate and its days."""

from fractions import Fraction

from tideover.dates import DayCount
from tideover.loan.rates import AnnualRate, DailyRate, Rate, plain_text


def factor_words(rate: Rate | None, *, days: int, factor: Fraction) -> tuple[str, str]:
    """Return in English and Chinese how `factor`, the interest of 1 over `days`, is made."""
    match rate:
        case None:
            return "no rate", "无利率"
        case DailyRate():
            text = plain_text(rate.of_day)
            return f"{text} a day × {days} days", f"日利率 {text} × {days} 天"
        case AnnualRate():
            percent, basis = rate.percent_text, rate.day_count.value
            basis_zh = "按月" if rate.day_count is DayCount.MONTHLY else basis
            if rate.compounds_a_year is not None or not rate.of_year:
                part = plain_text(factor)
                return (
                    f"{part} ({percent} % a year, {basis})",
                    f"{part}（年利率 {percent}%，{basis_zh}）",
                )
            years = factor / rate.of_year
            return (
                f"{percent} % a year × {years} of a year ({basis})",
                f"年利率 {percent}% × {years} 年（{basis_zh}）",
            )
