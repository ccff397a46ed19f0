"""How often one caller may ask: so many answers a minute, counted in each process of the service.

The address is kept as a keyed digest and for a minute only.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from tideover.app import clock
from tideover.app.db.envelope import blind_index
from tideover.app.origin import address_of

_SECONDS = 60


def seconds_to_wait(request: HttpRequest) -> int:
    """Count this request of its caller; return 0, or in how many seconds the next one may come."""
    second = int(clock.now().timestamp())
    minute, passed = divmod(second, _SECONDS)
    caller = blind_index(address_of(request), purpose="address")
    key = f"api:plan:{caller}:{minute}"
    cache.add(key, 0, timeout=2 * _SECONDS)
    return 0 if cache.incr(key) <= settings.API_PLANS_PER_MINUTE else _SECONDS - passed
