"""Logistic regression by Newton's method: small, exact, without a library."""

import numpy as np
from numpy.typing import NDArray


def fitted(
    measures: NDArray[np.float64],
    is_positive: NDArray[np.bool_],
    weights: NDArray[np.float64],
    *,
    ridge: float,
) -> NDArray[np.float64]:
    """Return one coefficient for each column of measures, and the offset last."""
    rows = np.column_stack((measures, np.ones(len(measures))))
    penalty = np.append(np.full(measures.shape[1], ridge), 0.0)
    found = np.zeros(rows.shape[1])
    for _ in range(40):
        share = 1.0 / (1.0 + np.exp(-np.clip(rows @ found, -30, 30)))
        curve = weights * share * (1.0 - share) + 1e-9
        hessian = (rows * curve[:, None]).T @ rows / len(rows) + np.diag(penalty)
        slope = rows.T @ (weights * (share - is_positive)) / len(rows) + penalty * found
        found -= np.linalg.solve(hessian, slope)
    return found
