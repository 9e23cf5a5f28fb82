"""Makes Golden/formulas.json: gradients of whole formulas to 50 digits, and the same sums over absolute values.

    python3 formulas.py > ../Golden/formulas.json      (needs mpmath; made with mpmath 1.3.0)

The numbers are the exact values of doubles. A number x carries its derivatives d, by the rules for sums, products and functions, in 120
digits, and the sizes of the terms that are added on the way: w for the value, s for the derivatives. They follow the same rules with
absolute values. A function f whose argument is rounded by w units changes by |f'| w, and its derivative by |f''| w, as cos does near its
zeros; so the sizes of f and f' are |f| + |f'| w and |f'| + |f''| w.
"""
import json
import random
from mpmath import mp, mpf, nstr

mp.dps = 120


class Number:
    def __init__(self, value, d, s, w=None):
        self.value, self.d, self.s, self.w = value, d, s, abs(value) if w is None else w

    def chain(self, value, slope, second=0):
        size = abs(slope) + abs(second) * self.w
        return Number(value, [slope * x for x in self.d], [size * x for x in self.s], abs(value) + abs(slope) * self.w)

    def scaled(self, value, factor, w):  # exact factors
        return Number(value, [factor * x for x in self.d], [abs(factor) * x for x in self.s], w)

    def join(self, other, value, p, q, w, ps=None, qs=None):
        ps, qs = abs(p) if ps is None else ps, abs(q) if qs is None else qs
        return Number(value, [p * x + q * y for x, y in zip(self.d, other.d)],
                      [ps * x + qs * y for x, y in zip(self.s, other.s)], w)

    def __add__(self, o):
        if isinstance(o, Number):
            return self.join(o, self.value + o.value, 1, 1, self.w + o.w)
        return self.scaled(self.value + o, 1, self.w + abs(o))

    def __sub__(self, o):
        if isinstance(o, Number):
            return self.join(o, self.value - o.value, 1, -1, self.w + o.w)
        return self.scaled(self.value - o, 1, self.w + abs(o))

    def __mul__(self, o):
        if isinstance(o, Number):
            return self.join(o, self.value * o.value, o.value, self.value, self.w * o.w, o.w, self.w)
        return self.scaled(self.value * o, o, self.w * abs(o))

    def __truediv__(self, o):
        inverse = o.chain(1 / o.value, -1 / o.value**2, 2 / o.value**3)
        return self * inverse

    def __neg__(self):
        return self.scaled(-self.value, -1, self.w)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, o):
        return self.scaled(o - self.value, -1, self.w + abs(o))


def exp(x): return x.chain(mp.exp(x.value), mp.exp(x.value), mp.exp(x.value))
def log(x): return x.chain(mp.log(x.value), 1 / x.value, -1 / x.value**2)
def sin(x): return x.chain(mp.sin(x.value), mp.cos(x.value), -mp.sin(x.value))
def tanh(x): return x.chain(mp.tanh(x.value), mp.sech(x.value)**2, -2 * mp.tanh(x.value) * mp.sech(x.value)**2)
def sqrt(x): return x.chain(mp.sqrt(x.value), 1 / (2 * mp.sqrt(x.value)), -1 / (4 * mp.sqrt(x.value)**3))


def softplus(x):
    logistic = 1 / (1 + mp.exp(-x.value))
    return x.chain(mp.log1p(mp.exp(x.value)), logistic, logistic * (1 - logistic))


def rosenbrock(p):
    total = Number(mpf(0), [0] * len(p), [0] * len(p))
    for i in range(len(p) - 1):
        a, b = p[i + 1] - p[i] * p[i], 1 - p[i]
        total = total + 100 * (a * a) + b * b
    return total


def peak(p):  # a Gaussian peak at a point
    z = (0.75 - p[1]) / p[2]
    return p[0] * exp(-(z * z) * mpf(0.5))


def logistic(p):  # the loss of one sample
    return softplus(-(p[0] * 0.5 + p[1] * -1.25 + p[2] * 2))


def network(p):  # two hidden units
    return p[4] * tanh(p[0] * 0.5 + p[1]) + p[5] * tanh(p[2] * 0.5 + p[3])


def wave(p):
    return p[0] * sin(p[1] * 3 + p[2])


def ratio(p):  # Michaelis and Menten
    return p[0] * 1.5 / (p[1] + 1.5)


def distance(p):
    a, b = p[0] - 0.5, p[1] + 0.25
    return sqrt(a * a + b * b + 1) * log(p[0] * p[0] + 2)


FORMULAS = {"rosenbrock": (rosenbrock, 4), "peak": (peak, 3), "logistic": (logistic, 3), "network": (network, 6), "wave": (wave, 3),
            "ratio": (ratio, 2), "distance": (distance, 2)}
generator = random.Random(2)
rows = []
for name, (formula, count) in FORMULAS.items():
    for _ in range(30):
        at = [generator.uniform(0.25, 2) * (1 if name in ("peak", "ratio") else generator.choice((-1, 1))) for _ in range(count)]
        p = [Number(mpf(x), [mpf(i == j) for j in range(count)], [mpf(i == j) for j in range(count)]) for i, x in enumerate(at)]
        result = formula(p)
        rows.append([name, [repr(x) for x in at], nstr(result.value, 50), [nstr(x, 50) for x in result.d], [nstr(x, 50) for x in result.s]])
lines = ",\n".join(json.dumps(row) for row in rows)
print('{"source": "formulas.py, mpmath 1.3.0, 120 digits", "columns": ["formula", "at", "value", "gradient", "absolute"],')
print('"rows": [\n%s]}' % lines)
