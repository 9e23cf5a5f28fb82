"""scikit-learn on the files of messages.py: python3 peer.py FOLDER

Prints for each classifier the share of correct test predictions, the mean log loss, and wall and CPU seconds of the fit.
"""
import csv
import sys
import time

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.metrics import log_loss


def read(name):
    with open(f"{sys.argv[1]}/{name}", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [row[1] for row in rows], np.array([row[0] for row in rows])


def timed(name, work):
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    print(f"{name}: {time.perf_counter() - wall:.2f} s, CPU {time.process_time() - cpu:.2f} s", end="")
    return result


(train, train_kinds), (test, test_kinds) = timed("reading", lambda: (read("train.csv"), read("test.csv")))
print()
vectorizer = HashingVectorizer(n_features=2**18)  # the default of the library; that of scikit-learn is 2**20
train, test = timed("hashing", lambda: (vectorizer.transform(train), vectorizer.transform(test)))
print()
models = {"SGDClassifier": SGDClassifier(loss="log_loss", random_state=1)}
for alpha in (1e-5, 1e-6, 1e-7):
    models[f"SGDClassifier, alpha {alpha:g}"] = SGDClassifier(loss="log_loss", alpha=alpha, random_state=1)
models["LogisticRegression, C 10"] = LogisticRegression(C=10)
for name, model in models.items():
    timed(name, lambda model=model: model.fit(train, train_kinds))
    start = time.perf_counter()
    accuracy, loss = model.score(test, test_kinds), log_loss(test_kinds, model.predict_proba(test), labels=model.classes_)
    print(f", {np.max(model.n_iter_)} iterations; accuracy {accuracy:.4f}, log loss {loss:.4f}; test {time.perf_counter() - start:.3f} s")
