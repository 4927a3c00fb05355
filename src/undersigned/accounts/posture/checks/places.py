"""The columns of the table of checks: which networks are read alike."""

from __future__ import annotations

from datetime import timedelta

from undersigned.accounts.posture.kinds import Reading, any_of, attested, automatic, each_of
from undersigned.accounts.posture.sentence import Words
from undersigned.networks.names import Network

EVERYWHERE = tuple(Network)
META = (Network.FACEBOOK, Network.INSTAGRAM, Network.THREADS)
"""Instagram and Threads hang on the page's portfolio, and follow it where that can be read."""

READ = (*META, Network.X, Network.LINKEDIN, Network.BLUESKY)
"""Networks of which profile and posts are read by a machine."""

BY_WORD = tuple(network for network in Network if network not in READ)
"""Mastodon, YouTube and every place without a connection: what nothing reads, a person says."""

MAY_BE_READ = (Network.MASTODON, Network.YOUTUBE)

BY_WORD_DAYS = 90
"""Days a person's word lasts where the table gives only a machine's: as long as for who holds which role."""

TWO_DAYS = timedelta(hours=48)


def read_or_said(how: Words, *, lasts: timedelta, said: Words) -> dict[Network, Reading]:
    """A check that a machine reads on the networks that let it, and that a person attests on the others."""
    word, machine = attested(said, days=BY_WORD_DAYS), automatic(how, lasts=lasts)
    return (
        each_of(*BY_WORD, reading=word)
        | each_of(*MAY_BE_READ, reading=any_of(machine, word))
        | each_of(*READ, reading=machine)
    )
