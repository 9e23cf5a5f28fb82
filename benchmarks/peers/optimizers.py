"""PyTorch's optimizers on one thread: ns a parameter of one step.

python3 optimizers.py 1000 9    at 1000 parameters, median of 9 samples
"""
import sys

import torch

from timing import median_seconds

OPTIMIZERS = {
    "SGD": lambda p: torch.optim.SGD(p, lr=1e-9),
    "Momentum": lambda p: torch.optim.SGD(p, lr=1e-9, momentum=0.9),
    "Nesterov": lambda p: torch.optim.SGD(p, lr=1e-9, momentum=0.9, nesterov=True),
    "AdaGrad": lambda p: torch.optim.Adagrad(p, lr=1e-9),
    "RMSProp": lambda p: torch.optim.RMSprop(p, lr=1e-9),
    "Adam": lambda p: torch.optim.Adam(p, lr=1e-9),
}


def main(n, samples):
    torch.set_num_threads(1)
    for dtype, suffix in ((torch.float64, "double"), (torch.float32, "float")):
        for name, create in OPTIMIZERS.items():
            parameters = torch.ones(n, dtype=dtype, requires_grad=True)
            parameters.grad = 1e-3 * (torch.arange(n) % 7).to(dtype)
            optimizer = create([parameters])
            print(f"{name}/{suffix}\t{n}\t{median_seconds(optimizer.step, samples) / n * 1e9:.6g}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
