"""The job that fetches pictures from the platform and tries again what could not be placed."""

from dataclasses import dataclass
from datetime import timedelta

from tideover.app import clock
from tideover.app.db.models import Arrival, ContactAddress
from tideover.app.verbs.arriving.addresses import address_of
from tideover.app.verbs.arriving.placing import keep_file, place, the_case
from tideover.app.wechat import Platform, PlatformRefused, Unreachable

_AT_ONCE = 50
_TRIES_MAX = 20
#: What a follower wrote before being connected is theirs for so long.
_THEIRS_FOR = timedelta(days=3)
State = Arrival.State


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one run did: pictures fetched, pictures not to be had now, arrivals placed."""

    fetched: int
    failed: int
    placed: int


def fetch_arrived(platform: Platform | None) -> Fetched:
    """Fetch pictures (with a platform), and place what waits; safe to run by several at once."""
    fetched = failed = 0
    if platform is not None:
        for arrival in Arrival.objects.filter(state=State.MEDIA, tries__lt=_TRIES_MAX)[:_AT_ONCE]:
            done = _fetch(arrival, platform)
            fetched, failed = fetched + done, failed + (not done)
    _claim_unknown()
    placed = sum(
        place(arrival).state == State.PLACED
        for arrival in Arrival.objects.filter(state=State.WAITING, borrower__isnull=False)[
            :_AT_ONCE
        ]
        if arrival.borrower and the_case(arrival.borrower)
    )
    return Fetched(fetched, failed, placed)


def _fetch(arrival: Arrival, platform: Platform) -> bool:
    arrival.tries += 1
    arrival.save(update_fields=["tries"])
    try:
        media = platform.media(arrival.files["media"])
    except (PlatformRefused, Unreachable) as refusal:
        arrival.why = str(refusal)[:200]
        if arrival.tries >= _TRIES_MAX:
            arrival.state = State.WAITING if arrival.borrower else State.UNKNOWN
        arrival.save(update_fields=["why", "state"])
        return False
    keep_file(arrival, name=media.name or "微信图片.jpg", content=media.content)
    arrival.state = State.WAITING if arrival.borrower else State.UNKNOWN
    arrival.save(update_fields=["state"])
    return True


def _claim_unknown() -> None:
    """Give what a follower sent before being connected to the borrower it is now known to be."""
    since = clock.now() - _THEIRS_FOR
    for arrival in Arrival.objects.filter(state=State.UNKNOWN, arrived_at__gt=since)[:_AT_ONCE]:
        owner: ContactAddress | None = address_of(arrival.channel, arrival.sender)
        if owner is not None:
            arrival.borrower, arrival.state = owner.borrower, State.WAITING
            arrival.save(update_fields=["borrower", "state"])
