"""tideover webhook: which systems of the lender are told of events, signed and in order.

Hosts that may be sent to are named in TIDEOVER_WEBHOOK_HOSTS. `tideover worker` sends.
"""

from collections.abc import Sequence

from tideover.cli.arguments import Arguments, BadArguments
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.service import start_service


def run(arguments: Sequence[str]) -> int:
    """Add, list, resume or remove a subscription."""
    parser = Arguments(prog="tideover webhook", description=__doc__)
    parser.add_argument("action", choices=["add", "list", "resume", "remove"])
    parser.add_argument("name", nargs="?", help="what it is called here")
    parser.add_argument("url", nargs="?", help="the address that is told, https")
    parser.add_argument(
        "--kinds", default="", help="beginnings of kinds of events, with commas: case.,plan."
    )
    parser.add_argument("--lang", choices=LANGUAGES)
    given = parser.parse_args(list(arguments))
    if given.action != "list" and not given.name:
        raise BadArguments("tideover webhook", f"{given.action} needs a name")
    if given.action == "add" and not given.url:
        raise BadArguments("tideover webhook", "add needs an address")
    start_service()
    kinds = [kind.strip() for kind in given.kinds.split(",") if kind.strip()]
    return _carry_out(
        given.action, given.name or "", url=given.url or "", kinds=kinds,
        is_chinese=chosen_language(arguments) == "zh",
    )  # fmt: skip


def _carry_out(action: str, name: str, *, url: str, kinds: Sequence[str], is_chinese: bool) -> int:
    from tideover.app.verbs import subscriptions

    if action == "add":
        secret = subscriptions.add(name, url, kinds=kinds)
        print(
            f"{name}：已订阅。签名密钥（只显示这一次）：{secret}"
            if is_chinese
            else f"{name} is told of events from now on. The secret, shown this once: {secret}"
        )
    elif action == "remove":
        subscriptions.remove(name)
        print(f"{name}：已删除" if is_chinese else f"{name} is told nothing any more")
    elif action == "resume":
        subscriptions.resume(name)
        print(f"{name}：继续发送" if is_chinese else f"{name} goes on where it stopped")
    else:
        for row in subscriptions.listed():
            state = ("已暂停" if is_chinese else "paused") if row.paused_at else ""
            shown = (row.name, f"{row.position}", state, row.failure, row.url)
            print("  ".join(part for part in shown if part))
    return 0
