"""What an outside authority may answer, and what its answer must be to go into a seal."""

import asyncio
import hashlib

import pytest
from asn1crypto import cms, tsp

from tideover.app import pdf
from tideover.app.pdf.authority import FileKey
from tideover.app.pdf.der import der_size
from tideover.app.pdf.time_stamping import HttpTimeStamper, LocalTimeStamper

from conftest import SIGNED_AT  # isort: skip

DIGEST = hashlib.sha256(b"what is stamped").digest()


def stamp(stamper) -> cms.ContentInfo:
    return asyncio.run(stamper.async_timestamp(DIGEST, "sha256"))


def certificates(token: bytes) -> list[bytes]:
    """The certificates of a token in the order they stand in its bytes."""
    held = [one.chosen.dump() for one in cms.ContentInfo.load(token)["content"]["certificates"]]
    return sorted(held, key=token.index)


class TestLocalTimeStamper:
    def test_says_the_time_it_was_given_of_the_digest_it_was_asked_about(self, signer):
        token = stamp(signer.time_stamper(SIGNED_AT))

        told = token["content"]["encap_content_info"]["content"].parsed
        assert isinstance(told, tsp.TSTInfo)
        assert told["gen_time"].native == SIGNED_AT
        assert told["message_imprint"]["hashed_message"].native == DIGEST
        assert der_size(token.dump()) == len(token.dump())


class TestHttpTimeStamper:
    def test_puts_certificates_into_the_order_of_der(self, signer, authority):
        # An authority that sends its certificate and the seal's along, the other way round.
        key = FileKey(
            certificate=signer.time_key.certificate,
            key=signer.time_key.key,
            chain=(signer.certificate,),
        )
        stamper = LocalTimeStamper(key, SIGNED_AT)
        asked = tsp.TimeStampReq(
            {
                "version": 1,
                "message_imprint": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "hashed_message": DIGEST,
                },
                "nonce": 7,
            }
        )
        told = asyncio.run(stamper.async_request_tsa_response(asked)).dump()
        held = certificates(tsp.TimeStampResp.load(told)["time_stamp_token"].dump())
        if len(held) == 2:
            first, second = held
            authority.answer = told.replace(first + second, second + first)
        assert authority.answer != told
        assert authority.answer

        answer = asyncio.run(HttpTimeStamper(authority.url).async_request_tsa_response(asked))

        token = answer["time_stamp_token"].dump()
        assert certificates(token) == sorted(held)
        assert der_size(token) == len(token)

    @pytest.mark.parametrize(
        "answer",
        [
            b"not an answer",
            bytes.fromhex("3005 3003 020102"),  # rejected, and no stamp
            bytes.fromhex("3005 3003 020100"),  # granted, and no stamp
        ],
    )
    def test_says_when_no_stamp_came(self, authority, answer):
        authority.answer = answer

        with pytest.raises(pdf.TimeNotStamped, match="nothing was sealed"):
            stamp(HttpTimeStamper(authority.url))
