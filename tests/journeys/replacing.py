"""An agent takes the offers of a case back but for the last, which stays: `replacing.py NUMBER`."""

import sys

from tideover.cli.service import start_service


def main(number: str) -> None:
    """Claim the case anew, work the offers out again and send only one of them."""
    start_service(demo=True)
    from tideover.app.verbs import assessment, offering
    from tideover.app.verbs.demo.journey import Desk

    desk = Desk()
    agent = desk.agent
    assessment.claim(agent, number, version=desk.version(number), key=f"replace-claim-{number}")
    offering.generate(agent, number, key=f"replace-generate-{number}")
    keys = [offer.key for offer in assessment.case_file(agent, number).offer_set.offers]
    offering.send(
        agent,
        number,
        offer_keys=tuple(keys[-1:]),
        version=desk.version(number),
        key=f"replace-{number}",
    )


if __name__ == "__main__":
    main(sys.argv[1])
