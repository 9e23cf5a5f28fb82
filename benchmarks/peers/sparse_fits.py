"""Logistic regression with an L2 penalty on a LIBSVM file, by liblinear and by scikit-learn, each on one core.

    python3 sparse_fits.py make FILE        200,000 rows of 50 ones in 1,000,000 columns, with classes of a logistic model
    python3 sparse_fits.py liblinear FILE C
    python3 sparse_fits.py sgd FILE C

Prints CPU seconds of each fit, without those of reading, and its objective: the mean log loss plus |w|^2 / (2 C m) for m rows.
"""
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np

ROWS, COLUMNS, NUMBERS = 200_000, 1_000_000, 50


def make(path):
    random = np.random.default_rng(1)
    truth = random.normal(0, 0.5, COLUMNS)
    with open(path, "w", encoding="ascii") as file:
        for _ in range(ROWS):
            # Low columns are frequent, as common words are.
            columns = np.unique((COLUMNS * random.random(NUMBERS) ** 3).astype(int))
            label = 1 if random.random() < 1 / (1 + np.exp(-truth[columns].sum())) else -1
            file.write(f"{label} {' '.join(f'{column + 1}:1' for column in columns)}\n")


def read(path):
    from sklearn.datasets import load_svmlight_file

    start = time.process_time()
    features, labels = load_svmlight_file(path, n_features=COLUMNS)
    print(f"scikit-learn reads the file: CPU {time.process_time() - start:.2f} s")
    return features, labels


def objective(features, labels, weights, c):
    return np.logaddexp(0, -labels * (features @ weights)).mean() + weights @ weights / (2 * c * len(labels))


def train(arguments):
    """CPU seconds of liblinear-train; the time with a tolerance that no step is needed for is that of reading the file."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["liblinear-train", "-q", *arguments], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def liblinear(path, c):
    features, labels = read(path)
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model")
        reading = train(["-s", "0", "-e", "1e9", path, model])
        print(f"liblinear reads the file and writes a model: CPU {reading:.2f} s")
        for solver, name in (("0", "primal"), ("7", "dual")):
            for tolerance in ("0.1", "0.01", "0.001"):
                seconds = train(["-s", solver, "-c", str(c), "-e", tolerance, path, model]) - reading
                with open(model, encoding="ascii") as file:
                    lines = file.read().split()
                first = int(lines[lines.index("label") + 1])
                weights = first * np.array(lines[lines.index("w") + 1:], dtype=float)
                weights = np.pad(weights, (0, COLUMNS - len(weights)))
                loss = objective(features, labels, weights, c)
                print(f"liblinear, {name}, tolerance {tolerance}: CPU {seconds:.2f} s, objective {loss:.7f}", flush=True)


def sgd(path, c):
    from sklearn.linear_model import SGDClassifier

    features, labels = read(path)
    for epochs in (5, 20, 50):
        model = SGDClassifier(loss="log_loss", alpha=1 / (c * len(labels)), fit_intercept=False, max_iter=epochs, tol=None, random_state=1)
        start = time.process_time()
        model.fit(features, labels)
        seconds = time.process_time() - start
        print(f"SGDClassifier, {epochs} epochs: CPU {seconds:.2f} s, objective {objective(features, labels, model.coef_[0], c):.7f}", flush=True)


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    {"liblinear": liblinear, "sgd": sgd}[sys.argv[1]](sys.argv[2], float(sys.argv[3]))
