"""The technical log: one JSON object a line on standard error, without personal information.

It is for whoever keeps the service running. What people did is in the audit log
(`tideover.app.db.log`), which is another thing. Values under a personal name are struck out here,
so that a careless call cannot leak them.
"""

from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_PERSONAL = frozenset(
    {"name", "phone", "id_number", "code", "password", "text", "to", "answers", "note", "payer"}
)


def strike_out_personal(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> Mapping[str, Any]:
    """Replace what stands under a personal name by a mark, before it is written."""
    return {key: "[struck out]" if key in _PERSONAL else value for key, value in event.items()}


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        strike_out_personal,
    ]


def logging_settings(level: str = "INFO") -> dict[str, Any]:
    """Django's `LOGGING`, and structlog set up to write through it."""
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _shared(),
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            "pyhanko": {"level": "WARNING"},
        },
    }
