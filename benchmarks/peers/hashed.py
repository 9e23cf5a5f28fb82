"""The numbers of HashedNumbers.cs: each is a hash of its position."""
import numpy as np


def uniform(rows, columns):
    """Numbers from -1 to 1: SplitMix64 of the position."""
    row = np.arange(rows, dtype=np.uint64)[:, None]
    column = np.arange(columns, dtype=np.uint64)[None, :]
    z = (row * np.uint64(1_000_003) + column + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (z ^ (z >> np.uint64(31))) / 18446744073709551616.0 * 2 - 1


def table(rows, columns, correlated=False):
    """Features, and the score of each row: a sum of its first ten numbers, and noise."""
    numbers = uniform(rows, columns + 1)
    x, score = numbers[:, :columns], numbers[:, columns].copy()
    for j in range(10):
        score += (j - 4.5) / 5 * x[:, j]
    x = np.ascontiguousarray(x)
    if correlated:
        for j in range(1, columns):
            x[:, j] = 0.9 * x[:, j - 1] + 0.1 * x[:, j]
        x[:, ::8] = 0.25
    return x, score
