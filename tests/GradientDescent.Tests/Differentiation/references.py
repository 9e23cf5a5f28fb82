"""Makes Golden/derivatives.json: values and derivatives of functions at doubles, to 50 digits.

    python3 references.py > ../Golden/derivatives.json      (needs mpmath; made with mpmath 1.3.0)

Each argument is the exact value of a double. The derivatives are formulas of textbooks, evaluated with 120 digits, not differences.
"""
import json
import random
from mpmath import mp, mpf, nstr

mp.dps = 120
pi, two, ten = mp.pi, mp.log(2), mp.log(10)

FUNCTIONS = {
    "Exp": (mp.exp, mp.exp, mp.exp),
    "Exp2": (lambda x: mp.exp(x * two), lambda x: two * mp.exp(x * two), lambda x: two**2 * mp.exp(x * two)),
    "Exp10": (lambda x: mp.exp(x * ten), lambda x: ten * mp.exp(x * ten), lambda x: ten**2 * mp.exp(x * ten)),
    "ExpM1": (mp.expm1, mp.exp, mp.exp),
    "Log": (mp.log, lambda x: 1 / x, lambda x: -1 / x**2),
    "Log2": (lambda x: mp.log(x) / two, lambda x: 1 / (x * two), lambda x: -1 / (x**2 * two)),
    "Log10": (lambda x: mp.log(x) / ten, lambda x: 1 / (x * ten), lambda x: -1 / (x**2 * ten)),
    "LogP1": (mp.log1p, lambda x: 1 / (1 + x), lambda x: -1 / (1 + x)**2),
    "Sqrt": (mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x)), lambda x: -1 / (4 * x * mp.sqrt(x))),
    "Cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), lambda x: 1 / (3 * mp.cbrt(abs(x))**2),
             lambda x: -2 * mp.sign(x) / (9 * mp.cbrt(abs(x))**5)),
    "Sin": (mp.sin, mp.cos, lambda x: -mp.sin(x)),
    "Cos": (mp.cos, lambda x: -mp.sin(x), lambda x: -mp.cos(x)),
    "Tan": (mp.tan, lambda x: mp.sec(x)**2, lambda x: 2 * mp.tan(x) * mp.sec(x)**2),
    "Asin": (mp.asin, lambda x: 1 / mp.sqrt(1 - x**2), lambda x: x / mp.sqrt(1 - x**2)**3),
    "Acos": (mp.acos, lambda x: -1 / mp.sqrt(1 - x**2), lambda x: -x / mp.sqrt(1 - x**2)**3),
    "Atan": (mp.atan, lambda x: 1 / (1 + x**2), lambda x: -2 * x / (1 + x**2)**2),
    "SinPi": (lambda x: mp.sinpi(x), lambda x: pi * mp.cospi(x), lambda x: -pi**2 * mp.sinpi(x)),
    "CosPi": (lambda x: mp.cospi(x), lambda x: -pi * mp.sinpi(x), lambda x: -pi**2 * mp.cospi(x)),
    "TanPi": (lambda x: mp.sinpi(x) / mp.cospi(x), lambda x: pi / mp.cospi(x)**2, lambda x: 2 * pi**2 * mp.sinpi(x) / mp.cospi(x)**3),
    "AsinPi": (lambda x: mp.asin(x) / pi, lambda x: 1 / (pi * mp.sqrt(1 - x**2)), lambda x: x / (pi * mp.sqrt(1 - x**2)**3)),
    "AcosPi": (lambda x: mp.acos(x) / pi, lambda x: -1 / (pi * mp.sqrt(1 - x**2)), lambda x: -x / (pi * mp.sqrt(1 - x**2)**3)),
    "AtanPi": (lambda x: mp.atan(x) / pi, lambda x: 1 / (pi * (1 + x**2)), lambda x: -2 * x / (pi * (1 + x**2)**2)),
    "Sinh": (mp.sinh, mp.cosh, mp.sinh),
    "Cosh": (mp.cosh, mp.sinh, mp.cosh),
    "Tanh": (mp.tanh, lambda x: mp.sech(x)**2, lambda x: -2 * mp.tanh(x) * mp.sech(x)**2),
    "Asinh": (mp.asinh, lambda x: 1 / mp.sqrt(1 + x**2), lambda x: -x / mp.sqrt(1 + x**2)**3),
    "Acosh": (mp.acosh, lambda x: 1 / mp.sqrt(x**2 - 1), lambda x: -x / mp.sqrt(x**2 - 1)**3),
    "Atanh": (mp.atanh, lambda x: 1 / (1 - x**2), lambda x: 2 * x / (1 - x**2)**2),
    "Logistic": (lambda x: 1 / (1 + mp.exp(-x)), lambda x: mp.exp(-x) / (1 + mp.exp(-x))**2,
                 lambda x: -mp.exp(-x) * (1 - mp.exp(-x)) / (1 + mp.exp(-x))**3),
    "LogOnePlusExp": (lambda x: mp.log1p(mp.exp(x)), lambda x: 1 / (1 + mp.exp(-x)), lambda x: mp.exp(-x) / (1 + mp.exp(-x))**2),
}

POSITIVE = ["1e-300", "1e-20", "1e-5", "0.001", "0.1", "0.25", "0.5", "0.9", "0.999999", "1", "1.0000001", "1.5", "2", "2.718281828",
            "3", "7.5", "10", "100", "12345.678", "1e10", "1e100", "1e300"]
ANY = ["0", *(s + x for x in ["1e-10", "1e-3", "0.1", "0.3", "0.5", "0.7", "1", "1.5", "2", "3", "5", "10", "20", "37", "100", "300"]
              for s in ("", "-"))]
ANGLES = ["0", *(s + x for x in ["1e-10", "0.1", "0.5", "0.7853981633974483", "1", "1.5", "1.57", "2", "3", "3.14159", "4", "6", "10",
                                 "100", "12345.678", "1e10", "1e15"] for s in ("", "-"))]
TURNS = ["0", *(s + x for x in ["1e-10", "0.1", "0.2", "0.25", "0.3", "0.45", "0.49", "0.51", "0.7", "0.9", "1", "1.3", "2.2",
                                "10.1", "1000.7"]
                for s in ("", "-"))]
UNIT = ["0", *(s + x for x in ["1e-10", "0.01", "0.1", "0.3", "0.5", "0.7", "0.9", "0.99", "0.999999", "0.9999999999"] for s in ("", "-"))]
ABOVE_MINUS_ONE = ["-0.9999999999", "-0.999", "-0.9", "-0.5", "-0.1", "-1e-5", "-1e-17", "0", "1e-300", "1e-17", "1e-8", "0.001", "0.5",
                   "1", "3", "10", "1e6", "1e100"]
FROM_ONE = ["1.0000000001", "1.000001", "1.001", "1.1", "1.5", "2", "10", "1000", "1e10", "1e160", "1e300"]
LARGE = [*ANY, "1e5", "-1e5", "1e10", "-1e10", "1e100", "-1e100", "1e154"]
POINTS = {
    "Log": POSITIVE, "Log2": POSITIVE, "Log10": POSITIVE, "Sqrt": POSITIVE, "Cbrt": [*POSITIVE, *("-" + x for x in POSITIVE)],
    "LogP1": ABOVE_MINUS_ONE, "Sin": ANGLES, "Cos": ANGLES, "Tan": ANGLES, "SinPi": TURNS, "CosPi": TURNS, "TanPi": TURNS,
    "Asin": UNIT, "Acos": UNIT, "AsinPi": UNIT, "AcosPi": UNIT, "Atanh": UNIT, "Acosh": FROM_ONE,
    "Atan": LARGE, "AtanPi": LARGE, "Asinh": LARGE,
    "Logistic": [*ANY, "700", "-700"], "LogOnePlusExp": [*ANY, "700", "-700", "1e10"],
}

generator = random.Random(1)
rows = []
for name, (value, first, second) in FUNCTIONS.items():
    points = [float(x) for x in POINTS.get(name, ANY)]
    low, high = min(points), max(points)
    low, high = max(low, -30.0), min(high, 30.0)
    points += [generator.uniform(low, high) for _ in range(30)]
    for x in points:
        exact = mpf(x)
        numbers = [f(exact) for f in (value, first, second)]
        if max(abs(n) for n in numbers) > mpf("1e308"):
            continue
        rows.append([name, repr(x), *(nstr(n, 50) for n in numbers)])
lines = ",\n".join(json.dumps(row) for row in rows)
print('{"source": "references.py, mpmath 1.3.0, 120 digits", "columns": ["function", "x", "value", "first", "second"],')
print('"rows": [\n%s]}' % lines)
