"""A whole job, run once: CPU seconds, seconds, MB beyond the data, and the loss that it reaches. Jobs.cs has the same jobs.

python3 jobs.py sklearn fit/linear FOLDER    FOLDER has the files that csv/read reads
"""
import gc
import os
import sys
import time

import numpy as np

from footprint import Footprint
from hashed import table

ROWS, COLUMNS = 200_000, 100
TALL_ROWS, TALL_COLUMNS = 1_000_000, 10
IMAGES, PIXELS = 60_000, 784


def squared(x, y):
    return lambda model: np.mean((model.predict(x) - y) ** 2)


def linear(rows, columns):
    from sklearn.linear_model import LinearRegression

    x, y = table(rows, columns)
    return rows, lambda: LinearRegression().fit(x, y), squared(x, y)


def one_pass(rows, columns):
    from sklearn.linear_model import SGDRegressor

    x, y = table(rows, columns)
    model = SGDRegressor(max_iter=1, tol=None, penalty=None, learning_rate="constant", eta0=0.0001, random_state=0)
    return rows, lambda: model.fit(x, y), squared(x, y)


def classes(x, y):
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss

    model = LogisticRegression(penalty=None, max_iter=10_000)
    return len(x), lambda: model.fit(x, y), lambda fitted: log_loss(y, fitted.predict_proba(x))


def logistic(rows, columns):
    x, score = table(rows, columns)
    return classes(x, (score > 0).astype(int))


def softmax(rows, columns, correlated):
    x, score = table(rows, columns, correlated)
    return classes(x, np.floor(np.abs(score) * 8) % 10)


def read(load):
    path = os.path.join(sys.argv[3], f"{TALL_ROWS}x{TALL_COLUMNS}.csv")
    return TALL_ROWS, lambda: load(path), None


def read_pandas():
    import pandas

    return read(pandas.read_csv)


JOBS = {
    ("sklearn", "fit/linear"): lambda: linear(ROWS, COLUMNS),
    ("sklearn", "fit/tall-linear"): lambda: linear(TALL_ROWS, TALL_COLUMNS),
    ("sklearn", "fit/logistic"): lambda: logistic(ROWS, COLUMNS),
    ("sklearn", "fit/softmax"): lambda: softmax(IMAGES, PIXELS, False),
    ("sklearn", "fit/softmax-correlated"): lambda: softmax(IMAGES, PIXELS, True),
    ("sklearn", "fit/sgd-pass"): lambda: one_pass(ROWS, COLUMNS),
    ("numpy", "csv/read"): lambda: read(lambda path: np.loadtxt(path, delimiter=",", skiprows=1)),
    ("pandas", "csv/read"): read_pandas,
}


def main(side, name):
    n, run, loss_of = JOBS[side, name]()
    gc.collect()
    footprint, cpu, started = Footprint(), time.process_time(), time.perf_counter()
    result = run()
    cpu, elapsed, memory = time.process_time() - cpu, time.perf_counter() - started, footprint.megabytes()
    print(f"{name}/cpu\t{n}\t{cpu:.6g}")
    print(f"{name}/wall\t{n}\t{elapsed:.6g}")
    print(f"{name}/memory\t{n}\t{memory:.6g}")
    if loss_of:
        print(f"{name}/loss\t{n}\t{loss_of(result):.12g}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
