"""What no pairing can cost less than.

Give each person a price, such that the prices of no two people come to more than a pair of them costs. Then a
pairing, which has everybody in some pair, costs at least the sum of all prices; a group of three has three pairs, so
it costs even more. People of one kind get one price, and a pair is taken to cost what its kinds cost at the least, so
the best prices are a small linear programme (solved by scipy's HiGHS). Whatever that returns is lowered until it is
certain to be fair, so the bound is proven.

Where all that people differ by would make too many kinds, a cost is taken apart (department, hours, ...) and each part
has a bound of its own: a pairing costs the sum of its parts, so at least the sum of their bounds.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from peerpact.programme.pairing.judging import Judge
from peerpact.programme.pairing.some_pairs import Costs, Numbers

MOST_KINDS = 100


def lower_bound(judge: Judge, people: Numbers) -> float:
    """Return points that no pairing of all these people can cost less than; 0 at the least."""
    if len(people) < 2:
        return 0.0
    return sum(_bound_of_part(*judge.kinds(parts), people) for parts in judge.parts(MOST_KINDS))


def _bound_of_part(codes: Numbers, least: Costs, people: Numbers) -> float:
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
    return max(0.0, float(counts @ prices))
