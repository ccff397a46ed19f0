"""What Anymail needs to know of the mail provider, from the environment.

Providers call the same two things by different names; each name is set and only its own is read.
"""

import os
from collections.abc import Mapping


def mail_settings(provider: str) -> Mapping[str, str]:
    """Return Anymail's settings for a provider, nothing where there is none.

    `TIDEOVER_MAIL_HOOK` is the key that signs the provider's webhooks, or `user:password` where it
    sends those.
    """
    if not provider:
        return {}
    key, hook = os.environ.get("TIDEOVER_MAIL_KEY", ""), os.environ.get("TIDEOVER_MAIL_HOOK", "")
    name = provider.upper()
    told = {f"{name}_API_KEY": key, f"{name}_SERVER_TOKEN": key}
    if ":" in hook:
        told["WEBHOOK_SECRET"] = hook
    elif hook:
        names = ("WEBHOOK_SIGNING_KEY", "INBOUND_SECRET", "SIGNING_SECRET", "WEBHOOK_KEY")
        told |= {f"{name}_{one}": hook for one in names}
    return told
