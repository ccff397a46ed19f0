"""tideover demo: make the demo lender, play a year of one, or write a signed agreement."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tideover.cli.arguments import Arguments, optional, parse_day
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.service import start_service

if TYPE_CHECKING:
    from tideover.app.verbs.demo import DemoLender, SignIn


def run(arguments: Sequence[str]) -> int:
    """Make the demo lender once and print the sign-ins, or do what an option asks for.

    A played year wants a TIDEOVER_HOME of its own.
    """
    parser = Arguments(prog="tideover demo", description=__doc__)
    parser.add_argument("--on", metavar="DATE", help="the day its dates are set around")
    parser.add_argument(
        "--bank-file", type=Path, metavar="FILE", help="write what the bank would send on that day"
    )
    parser.add_argument(
        "--sample-agreement", type=Path, metavar="FILE", help="write one signed agreement there"
    )
    parser.add_argument("--play", action="store_true", help="play a year on a fast clock")
    parser.add_argument("--loans", type=int, default=1_000, help="how many loans are played")
    parser.add_argument("--months", type=int, default=12, help="how many months are played")
    parser.add_argument("--seed", default="1", help="the same seed plays the same year")
    parser.add_argument(
        "--out", type=Path, default=Path("demo-year"), metavar="DIR", help="where reports go"
    )
    parser.add_argument("--lang", choices=LANGUAGES)
    given = parser.parse_args(list(arguments))
    start_service(demo=True)
    from tideover.app import clock
    from tideover.app.verbs import demo

    if given.play:
        return _play(given.loans, given.months, seed=given.seed, out=given.out)
    on = optional(parse_day, given.on) or clock.today()
    if given.sample_agreement is not None:
        given.sample_agreement.write_bytes(demo.sample_agreement(on))
        print(given.sample_agreement)
        return 0
    lender = demo.create(on)
    print(sign_in_table(lender, language=chosen_language(arguments)))
    if given.bank_file is not None:
        given.bank_file.write_bytes(demo.bank_file(on))
        print(given.bank_file)
    return 0


def _play(count: int, months: int, *, seed: str, out: Path) -> int:
    from tideover.app.verbs import demo

    paths = demo.play_year(
        loans_count=count,
        days=months * 365 // 12,
        seed=seed,
        folder=out,
        told=lambda line: print(line, flush=True),
    )
    print("\n".join(str(path) for path in paths))
    return 0


def sign_in_table(lender: "DemoLender", *, language: str) -> str:
    """How to sign in to the demo, as lines of text."""
    from tideover.app.verbs.demo import SECRET

    is_chinese = language == "zh"
    heading = (
        "借款人（验证码显示在页面的发件箱里）" if is_chinese else "borrowers (codes: see /outbox/)"
    )
    borrowers = [f"  {one.login}  {one.who}  {_story(one, language)}" for one in lender.borrowers]
    staff = [
        f"  {one.login:<11} {one.password:<25} {_story(one, language)}" for one in lender.staff
    ]
    code = (
        f"  验证码会显示在登录页上；也可在应用里填入密钥 {SECRET}"
        if is_chinese
        else f"  the page that asks for the code shows it; the key for an app is {SECRET}"
    )
    return "\n".join(
        [heading, *borrowers, "员工：/desk/" if is_chinese else "staff: /desk/", *staff, code]
    )


def _story(one: "SignIn", language: str) -> str:
    return one.story.zh if language == "zh" else one.story.en
