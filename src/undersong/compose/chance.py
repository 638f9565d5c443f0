"""Addressed chance: what is drawn depends on a seed and a name, never on order."""

import hashlib

import numpy as np

SEED_BITS = 53
"""Seeds fit a double exactly, so that every JSON reader keeps them."""


def seed_for(seed: int, *address: str | int) -> int:
    """Return the seed of one named thing below another seed.

    Parameters
    ----------
    seed : int
        The seed above it.
    address : str or int
        What the new seed is for; equal addresses give equal seeds.

    Returns
    -------
    seed : int
        In ``[0, 2**53)``.
    """
    text = "/".join(str(part) for part in (seed, *address))
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - SEED_BITS)


def generator(seed: int, *address: str | int) -> np.random.Generator:
    """Return a source of chance of its own for one named thing.

    Parameters
    ----------
    seed : int
        The session's seed.
    address : str or int
        What the chance is for.

    Returns
    -------
    generator : numpy.random.Generator
        Counter-based (Philox), keyed by seed and address.
    """
    return np.random.Generator(np.random.Philox(key=seed_for(seed, *address)))
