"""What no pairing can cost less than.

Give each person a price, such that the prices of no two people come to more than a pair of them costs. Then a
pairing, which has everybody in some pair, costs at least the sum of all prices. A group of three has three pairs; these
cost more than the prices of its people, by so much at least as for the three kinds for which it is least. People of
one kind get one price, and a pair is taken to cost what its kinds cost at the least, so the best prices are a small
linear programme (solved by scipy's HiGHS). Whatever that returns is lowered until it is certain to be fair, so the
bound is proven.

Where all that people differ by would make too many kinds, a cost is taken apart (department, hours, ...) and each part
has a bound of its own: a pairing costs the sum of its parts, so at least the sum of their bounds.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from peerpact.programme.pairing.pair_table import Costs, Numbers
from peerpact.programme.pairing.participants import Participants

MOST_KINDS = 100


def lower_bound(participants: Participants, people: Numbers, *, three: bool = False) -> float:
    """Return points that no pairing of all these people can cost less than; with ``three``, if three are together."""
    if len(people) < 2:
        return 0.0
    parts = participants.parts(MOST_KINDS)
    return sum(_bound_of_part(*participants.kinds(part), people, three=three) for part in parts)


def _bound_of_part(codes: Numbers, least: Costs, people: Numbers, *, three: bool) -> float:
    counts = np.bincount(codes[people], minlength=len(least))
    if not least.any():
        return 0.0
    there = np.flatnonzero(counts)
    counts, least = counts[there], least[np.ix_(there, there)]
    one, other = np.triu_indices(len(there))
    possible = (one != other) | (counts[one] > 1)
    one, other = one[possible], other[possible]
    rows = np.repeat(np.arange(len(one)), 2)
    columns = np.stack([one, other], axis=1).ravel()
    limits = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(one), len(there)))
    most = float(least.max())
    found = linprog(-counts, A_ub=limits, b_ub=least[one, other], bounds=(-most, most), method="highs")
    if not found.success:
        return 0.0
    prices = found.x - max(0.0, float((limits @ found.x - least[one, other]).max())) / 2 - 1e-9
    return max(0.0, float(counts @ prices) + (_excess_of_three(least, prices) if three else 0.0))


def _excess_of_three(least: Costs, prices: Costs) -> float:
    """Return by how much the pairs of three people cost more than the people's prices, at the least; never below 0."""
    excess = least - prices[:, None]
    return max(0.0, float((excess[:, :, None] + excess.T[:, None, :] + excess[None, :, :]).min()))
