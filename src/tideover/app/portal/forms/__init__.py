"""What a form shows and what it read: plain values, no database."""

from tideover.app.portal.forms.field import Field, Problem, field_id

__all__ = ["Field", "Problem", "field_id"]
