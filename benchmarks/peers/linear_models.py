"""Gradients and epochs of linear models on one thread, in ms.

python3 linear_models.py torch 5      PyTorch, median of 5 samples
python3 linear_models.py sklearn 5    scikit-learn
"""
import sys

import numpy as np

from timing import epoch_milliseconds, median_seconds

SAMPLES, FEATURES = 200_000, 100
TALL_SAMPLES, TALL_FEATURES = 1_000_000, 10
IMAGES, PIXELS, CLASSES = 60_000, 784, 10


def regression(samples, features):
    random = np.random.default_rng(1)
    x = random.standard_normal((samples, features))
    return x, x @ random.standard_normal(features) + 0.1 * random.standard_normal(samples)


def print_line(name, n, value):
    print(f"{name}\t{n}\t{value:.6g}", flush=True)


def measure_sklearn(samples):
    from sklearn.linear_model import SGDRegressor

    for rows, columns in ((SAMPLES, FEATURES), (TALL_SAMPLES, TALL_FEATURES)):
        x, y = regression(rows, columns)
        for shuffle, order in ((False, "in order"), (True, "shuffled")):

            def fit(epochs):
                SGDRegressor(max_iter=epochs, tol=None, shuffle=shuffle, random_state=0).fit(x, y)

            print_line(f"SGD/{order}", rows, epoch_milliseconds(fit, samples))
            if rows == SAMPLES:
                print_line(f"SGD fit/{order}", rows, 1e3 * median_seconds(lambda: fit(1), samples))


def measure_torch(samples):
    import torch

    torch.set_num_threads(1)
    x, y = (torch.from_numpy(array) for array in regression(SAMPLES, FEATURES))

    def gradient():
        errors = x @ coefficients - y
        return errors @ errors / SAMPLES, x.T @ errors * (2 / SAMPLES)

    coefficients = torch.zeros(FEATURES, dtype=torch.float64)
    print_line("gradient", SAMPLES, 1e3 * median_seconds(gradient, samples))

    def epochs_of_adam(model, loss, x, y, batch, shuffled):
        optimizer = torch.optim.Adam(model.parameters())

        def run(epochs):
            for _ in range(epochs):
                order = torch.randperm(len(x)) if shuffled else None
                for start in range(0, len(x), batch):
                    drawn = slice(start, start + batch) if order is None else order[start : start + batch]
                    optimizer.zero_grad()
                    loss(model(x[drawn]), y[drawn]).backward()
                    optimizer.step()

        return run

    for shuffled, name in ((False, "in order"), (True, "shuffled")):
        model = torch.nn.Linear(FEATURES, 1, dtype=torch.float64)
        run = epochs_of_adam(model, torch.nn.functional.mse_loss, x, y[:, None], 32, shuffled)
        print_line(f"Adam 32/{name}", SAMPLES, epoch_milliseconds(run, 1))  # four epochs of most of a second each

    images, labels = torch.rand(IMAGES, PIXELS), torch.randint(CLASSES, (IMAGES,))
    run = epochs_of_adam(torch.nn.Linear(PIXELS, CLASSES), torch.nn.functional.cross_entropy, images, labels, 128, True)
    print_line("softmax", IMAGES, epoch_milliseconds(run, samples))


if __name__ == "__main__":
    {"torch": measure_torch, "sklearn": measure_sklearn}[sys.argv[1]](int(sys.argv[2]))
