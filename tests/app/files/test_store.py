import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tideover.app import files
from tideover.app.home import Keyring

PAPER = b"%PDF-1.7 a notice of dismissal"


@pytest.fixture(autouse=True)
def kept_in(tmp_path, monkeypatch):
    monkeypatch.setenv("TIDEOVER_HOME", str(tmp_path))
    monkeypatch.setenv("TIDEOVER_DEMO", "1")
    monkeypatch.delenv("TIDEOVER_FILE_KEYS", raising=False)
    return tmp_path


def stored_paths(folder):
    return sorted(path for path in (folder / "files").rglob("*") if path.is_file())


class TestStore:
    @settings(
        max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
    )
    @given(st.binary(max_size=2_000), st.text(max_size=30).filter(lambda text: text.isprintable()))
    def test_gives_back_what_was_stored(self, content, context):
        digest = files.store(content, context=context)

        assert files.read(digest, context=context) == content
        assert digest == files.digest_of(content)

    def test_keeps_nothing_in_the_clear(self, kept_in):
        files.store(PAPER, context="case:HC-1001")

        (path,) = stored_paths(kept_in)
        assert PAPER not in path.read_bytes()
        assert b"dismissal" not in path.read_bytes()

    def test_is_readable_by_its_owner_alone(self, kept_in):
        files.store(PAPER, context="case:HC-1001")

        (path,) = stored_paths(kept_in)
        assert path.stat().st_mode & 0o077 == 0

    def test_changes_nothing_the_second_time(self, kept_in):
        files.store(PAPER, context="case:HC-1001")
        before = [path.read_bytes() for path in stored_paths(kept_in)]

        files.store(PAPER, context="case:HC-1001")

        assert [path.read_bytes() for path in stored_paths(kept_in)] == before

    def test_mends_a_file_that_was_changed_on_the_disk(self, kept_in):
        digest = files.store(PAPER, context="case:HC-1001")
        (path,) = stored_paths(kept_in)
        path.write_bytes(path.read_bytes()[:-1])

        files.store(PAPER, context="case:HC-1001")

        assert files.read(digest, context="case:HC-1001") == PAPER

    def test_leaves_nothing_behind_when_the_disk_is_full(self, kept_in, monkeypatch):
        def full(descriptor):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        (kept_in / "files" / files.digest_of(PAPER)[:2]).mkdir(parents=True)

        with pytest.raises(OSError, match="No space left"):
            files.store(PAPER, context="case:HC-1001")

        assert stored_paths(kept_in) == []


class TestRead:
    def test_refuses_another_context(self):
        digest = files.store(PAPER, context="case:HC-1001")

        with pytest.raises(files.FileNotKept):
            files.read(digest, context="case:HC-1002")

    def test_refuses_a_file_put_in_the_place_of_another(self, kept_in):
        digest = files.store(PAPER, context="case:HC-1001")
        (mine,) = stored_paths(kept_in)
        files.store(PAPER, context="case:HC-1002")
        (theirs,) = set(stored_paths(kept_in)) - {mine}
        theirs.write_bytes(mine.read_bytes())

        with pytest.raises(files.FileChanged):
            files.read(digest, context="case:HC-1002")

    def test_refuses_one_changed_byte_wherever_it_is(self, kept_in):
        digest = files.store(PAPER, context="case:HC-1001")
        (path,) = stored_paths(kept_in)
        whole = path.read_bytes()

        for at in range(len(whole)):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            with pytest.raises((files.FileChanged, files.KeyNotHeld)):
                files.read(digest, context="case:HC-1001")

    @pytest.mark.parametrize(
        "name", ["../keys/field-keys", "", "a" * 63, "A" * 64, "a" * 64 + "\n", "/etc/passwd"]
    )
    def test_never_takes_a_path_from_outside(self, name):
        with pytest.raises(files.NotADigest):
            files.read(name, context="case:HC-1001")

    def test_opens_with_an_older_key_and_seals_with_the_newest(self):
        old = Keyring((("k1", b"1" * 32),))
        turned = Keyring((("k2", b"2" * 32), ("k1", b"1" * 32)))

        envelope = files.sealed(PAPER, context="c", keyring=old)

        assert files.opened(envelope, context="c", keyring=turned) == PAPER
        assert files.sealed(PAPER, context="c", keyring=turned)[5:7] == b"k2"
        with pytest.raises(files.KeyNotHeld, match="'k1'"):
            files.opened(envelope, context="c", keyring=Keyring((("k2", b"2" * 32),)))


class TestRemove:
    def test_forgets_one_context_and_keeps_the_other(self):
        digest = files.store(PAPER, context="case:HC-1001")
        files.store(PAPER, context="case:HC-1002")

        files.remove(digest, context="case:HC-1001")

        assert not files.holds(digest, context="case:HC-1001")
        assert files.read(digest, context="case:HC-1002") == PAPER
