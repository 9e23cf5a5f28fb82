"""CPU seconds of scikit-learn's fits, and the loss that each reaches, on the numbers of FitTimes.cs.

python3 fits.py
"""
import time

import numpy as np
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import log_loss

SAMPLES, FEATURES = 200_000, 100
IMAGES, PIXELS = 60_000, 784


def uniform(rows, columns):
    """Numbers from -1 to 1: SplitMix64 of the position."""
    row = np.arange(rows, dtype=np.uint64)[:, None]
    column = np.arange(columns, dtype=np.uint64)[None, :]
    z = (row * np.uint64(1_000_003) + column + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (z ^ (z >> np.uint64(31))) / 18446744073709551616.0 * 2 - 1


def table(rows, columns, correlated=False):
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


def measure(name, model, x, y, loss_of):
    started = time.process_time()
    model.fit(x, y)
    print(f"{name}\t{len(x)}\t{time.process_time() - started:.6g}", flush=True)
    print(f"{name}/loss\t{len(x)}\t{loss_of(model):.12g}", flush=True)


def measure_all():
    x, score = table(SAMPLES, FEATURES)
    measure("fit/linear", LinearRegression(), x, score, lambda m: np.mean((m.predict(x) - score) ** 2))
    y = (score > 0).astype(int)
    logistic = LogisticRegression(penalty=None, max_iter=10_000)
    measure("fit/logistic", logistic, x, y, lambda m: log_loss(y, m.predict_proba(x)))
    for name, correlated in (("fit/softmax", False), ("fit/softmax, correlated", True)):
        x, score = table(IMAGES, PIXELS, correlated)
        y = np.floor(np.abs(score) * 8) % 10
        softmax = LogisticRegression(penalty=None, max_iter=10_000)
        measure(name, softmax, x, y, lambda m: log_loss(y, m.predict_proba(x)))


if __name__ == "__main__":
    measure_all()
