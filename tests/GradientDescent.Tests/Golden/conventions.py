"""Writes conventions.json: trajectories in the conventions of PyTorch, Keras and optax, with a rate that changes.

PyTorch's are made by torch.optim itself (1.13, CPU, float64). Keras's and optax's are made here by the formulas of their sources (Keras 3,
optax 0.2), in 60 decimal digits, hyperparameters taken as the doubles that they are. Arguments that a case does not have are the
library's own defaults: torch's come from torch, the others stand in the signatures below.
"""

import json
import random
from decimal import Decimal, getcontext
from pathlib import Path

import torch

getcontext().prec = 60
torch.set_default_dtype(torch.float64)  # also of NAdam's product of momenta
D = Decimal
STEPS, MARKS = 40, (1, 2, 15, 16, 28, 40)
BLOCKS = [("W", 4, 2), ("b", 4, 1)]
COUNT = 12

rng = random.Random(20261129)
INITIAL = [round(rng.uniform(-1, 1), 6) for _ in range(COUNT)]
# Sizes from 1e-7 to 10, so that each place of epsilon shows; one step without a gradient, one coordinate never touched.
GRADIENTS = [[0.0 if t == 8 or i == 11 else float(f"{rng.uniform(-1, 1.5) * 10.0 ** (2 * (i % 5) - 7):.6e}") for i in range(COUNT)]
             for t in range(STEPS)]
FACTORS = [1.0 if t < 15 else 0.1 if t < 28 else 0.5 for t in range(STEPS)]

cases = []


def store(library, method, source, arguments, trajectory):
    cases.append({"library": library, "method": method, "source": source, "arguments": arguments,
                  "expected": {str(t): trajectory[t - 1] for t in MARKS}})


# --- PyTorch -------------------------------------------------------------------------------------------------------------------------

def pytorch(method, optimizer, arguments, decoupled=0.0, **settings):
    parameters = torch.tensor(INITIAL, dtype=torch.float64, requires_grad=True)
    run = optimizer([parameters], **settings)
    base = run.param_groups[0]["lr"]
    trajectory = []
    for t in range(STEPS):
        run.param_groups[0]["lr"] = base * FACTORS[t]
        parameters.grad = torch.tensor(GRADIENTS[t], dtype=torch.float64)
        with torch.no_grad():
            parameters.mul_(1 - base * FACTORS[t] * decoupled)
        run.step()
        trajectory.append(parameters.detach().tolist())
    store("PyTorch", method, f"torch.optim of PyTorch {torch.__version__}" + (" after p.mul_(1 - lr * weight_decay)" if decoupled else ""),
          arguments, trajectory)


o = torch.optim
pytorch("SGD", o.SGD, {}, lr=1e-3)  # lr has this default since 2.0
pytorch("SGD", o.SGD, dict(learningRate=0.05, weightDecay=0.1), lr=0.05, weight_decay=0.1)
pytorch("SGD", o.SGD, dict(learningRate=0.05, momentum=0.9), lr=0.05, momentum=0.9)
pytorch("SGD", o.SGD, dict(learningRate=0.05, momentum=0.9, dampening=0.3, weightDecay=0.1), lr=0.05, momentum=0.9, dampening=0.3,
        weight_decay=0.1)
pytorch("SGD", o.SGD, dict(learningRate=0.05, momentum=0.9, dampening=0.9), lr=0.05, momentum=0.9, dampening=0.9)
pytorch("SGD", o.SGD, dict(learningRate=0.05, momentum=0.9, weightDecay=0.1, nesterov=True), lr=0.05, momentum=0.9, weight_decay=0.1,
        nesterov=True)
pytorch("Adagrad", o.Adagrad, {})
pytorch("Adagrad", o.Adagrad, dict(learningRate=0.05, weightDecay=0.1, initialAccumulatorValue=0.2, eps=1e-3), lr=0.05, weight_decay=0.1,
        initial_accumulator_value=0.2, eps=1e-3)
pytorch("RMSprop", o.RMSprop, {})
pytorch("RMSprop", o.RMSprop, dict(learningRate=0.02, alpha=0.9, eps=1e-3, weightDecay=0.1, momentum=0.8), lr=0.02, alpha=0.9, eps=1e-3,
        weight_decay=0.1, momentum=0.8)
pytorch("RMSprop", o.RMSprop, dict(learningRate=0.02, eps=1e-4, centered=True), lr=0.02, eps=1e-4, centered=True)
pytorch("RMSprop", o.RMSprop, dict(learningRate=0.02, eps=1e-4, momentum=0.8, centered=True), lr=0.02, eps=1e-4, momentum=0.8,
        centered=True)
pytorch("Adadelta", o.Adadelta, {})
pytorch("Adadelta", o.Adadelta, dict(learningRate=2.0, rho=0.8, eps=1e-4, weightDecay=0.1), lr=2.0, rho=0.8, eps=1e-4, weight_decay=0.1)
pytorch("Adam", o.Adam, {})
pytorch("Adam", o.Adam, dict(learningRate=0.02, beta1=0.8, beta2=0.95, eps=1e-4, weightDecay=0.1), lr=0.02, betas=(0.8, 0.95), eps=1e-4,
        weight_decay=0.1)
pytorch("Adam", o.Adam, dict(learningRate=0.02, beta2=0.95, amsgrad=True), lr=0.02, betas=(0.9, 0.95), amsgrad=True)
pytorch("AdamW", o.AdamW, {})
pytorch("AdamW", o.AdamW, dict(learningRate=0.02, beta1=0.8, beta2=0.95, eps=1e-4, weightDecay=0.3, amsgrad=True), lr=0.02,
        betas=(0.8, 0.95), eps=1e-4, weight_decay=0.3, amsgrad=True)
pytorch("Adamax", o.Adamax, {})
pytorch("Adamax", o.Adamax, dict(learningRate=0.02, beta1=0.8, beta2=0.95, eps=1e-4, weightDecay=0.1), lr=0.02, betas=(0.8, 0.95),
        eps=1e-4, weight_decay=0.1)
# The path of 1.13 for single tensors multiplies each momentum twice into the product, which later versions do not.
pytorch("NAdam", o.NAdam, {}, foreach=True)
pytorch("NAdam", o.NAdam, dict(learningRate=0.02, beta1=0.8, beta2=0.95, eps=1e-4, weightDecay=0.1, momentumDecay=0.1), lr=0.02,
        betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1, momentum_decay=0.1, foreach=True)
pytorch("NAdam", o.NAdam, dict(learningRate=0.02, weightDecay=0.3, decoupledWeightDecay=True), decoupled=0.3, lr=0.02, foreach=True)
pytorch("RAdam", o.RAdam, {})
pytorch("RAdam", o.RAdam, dict(learningRate=0.02, beta1=0.8, beta2=0.95, eps=1e-4, weightDecay=0.1), lr=0.02, betas=(0.8, 0.95), eps=1e-4,
        weight_decay=0.1)
pytorch("RAdam", o.RAdam, dict(learningRate=0.02, weightDecay=0.3, decoupledWeightDecay=True), decoupled=0.3, lr=0.02)


def pytorch_rprop(arguments, **settings):  # its steps do not follow the rate, so the rate stays as it is
    parameters = torch.tensor(INITIAL, dtype=torch.float64, requires_grad=True)
    run = o.Rprop([parameters], **settings)
    trajectory = []
    for t in range(STEPS):
        parameters.grad = torch.tensor(GRADIENTS[t], dtype=torch.float64)
        run.step()
        trajectory.append(parameters.detach().tolist())
    store("PyTorch", "Rprop", f"torch.optim of PyTorch {torch.__version__}, at a constant rate", arguments, trajectory)


pytorch_rprop({})
pytorch_rprop(dict(learningRate=0.1, etaMinus=0.4, etaPlus=1.5, minStep=0.05, maxStep=0.3), lr=0.1, etas=(0.4, 1.5),
              step_sizes=(0.05, 0.3))


# --- Keras and optax: formulas -------------------------------------------------------------------------------------------------------

def formula(library, method, rule, arguments, base, decay=0.0, coupled=False):
    """decay: Keras's p <- p - p*wd*lr before the step, or g <- g + wd*p."""
    p, state, trajectory = [D(x) for x in INITIAL], {}, []
    for t in range(1, STEPS + 1):
        rate = D(base * FACTORS[t - 1])
        g = [D(x) for x in GRADIENTS[t - 1]]
        if coupled:
            g = [a + D(decay) * b for a, b in zip(g, p)]
        else:
            p = [b * (1 - D(decay) * rate) for b in p]
        p = rule(state, p, g, rate, t)
        trajectory.append([float(x) for x in p])
    name = {"Keras": "Keras 3", "optax": "optax 0.2"}[library]
    store(library, method, f"the formula of {name}'s source in 60 digits", arguments, trajectory)


def slot(state, name, start=0.0):
    return state.setdefault(name, [D(start)] * COUNT)


def mean(state, name, beta, values, start=0.0):
    state[name] = [D(beta) * m + (1 - D(beta)) * x for m, x in zip(slot(state, name, start), values)]
    return state[name]


def moved(p, steps):
    return [a - b for a, b in zip(p, steps)]


def sgd(mu, nesterov, rate_inside):
    def rule(s, p, g, rate, t):
        scale = rate if rate_inside else D(1)
        s["b"] = [D(mu) * b + scale * x for b, x in zip(slot(s, "b"), g)]
        step = [D(mu) * b + scale * x for b, x in zip(s["b"], g)] if nesterov else s["b"]
        return moved(p, step if rate_inside else [rate * x for x in step])
    return rule


def rmsprop(rho, eps, mu, centered, in_root=True, start=0.0):
    def rule(s, p, g, rate, t):
        v = mean(s, "v", rho, [x * x for x in g], start)
        if centered:
            v = [a - b * b for a, b in zip(v, mean(s, "m", rho, g))]
        d = [rate * x / ((a + D(eps)).sqrt() if in_root else a.sqrt() + D(eps)) for x, a in zip(g, v)]
        s["b"] = [D(mu) * b + x for b, x in zip(slot(s, "b"), d)]
        return moved(p, s["b"])
    return rule


def adagrad(start, eps):
    def rule(s, p, g, rate, t):
        s["v"] = [a + x * x for a, x in zip(slot(s, "v", start), g)]
        return moved(p, [rate * x / (a + D(eps)).sqrt() for x, a in zip(g, s["v"])])
    return rule


def adadelta(rho, eps):
    def rule(s, p, g, rate, t):
        v = mean(s, "v", rho, [x * x for x in g])
        d = [(u + D(eps)).sqrt() / (a + D(eps)).sqrt() * x for u, a, x in zip(slot(s, "u"), v, g)]
        mean(s, "u", rho, [x * x for x in d])
        return moved(p, [rate * x for x in d])
    return rule


def keras_adam(b1, b2, eps, amsgrad=False):
    def rule(s, p, g, rate, t):
        m, v = mean(s, "m", b1, g), mean(s, "v", b2, [x * x for x in g])
        if amsgrad:
            s["u"] = v = [max(a, b) for a, b in zip(slot(s, "u"), v)]
        alpha = rate * (1 - D(b2) ** t).sqrt() / (1 - D(b1) ** t)
        return moved(p, [alpha * a / (b.sqrt() + D(eps)) for a, b in zip(m, v)])
    return rule


def corrected(s, g, b1, b2, t):
    m, v = mean(s, "m", b1, g), mean(s, "v", b2, [x * x for x in g])
    return [x / (1 - D(b1) ** t) for x in m], [x / (1 - D(b2) ** t) for x in v]


def optax_adam(b1, b2, eps, decay=0.0, nesterov=False, amsgrad=False):
    def rule(s, p, g, rate, t):
        m, v = corrected(s, g, b1, b2, t)
        if nesterov:
            m = [D(b1) * a / (1 - D(b1) ** (t + 1)) + (1 - D(b1)) * x / (1 - D(b1) ** t) for a, x in zip(s["m"], g)]
        if amsgrad:
            s["u"] = v = [max(a, b) for a, b in zip(slot(s, "u"), v)]
        return moved(p, [rate * (a / (b.sqrt() + D(eps)) + D(decay) * q) for a, b, q in zip(m, v, p)])
    return rule


def adamax(b1, b2, eps, inside):
    def rule(s, p, g, rate, t):
        m = mean(s, "m", b1, g)
        s["u"] = [max(D(b2) * u, abs(x) + (D(eps) if inside else 0)) for u, x in zip(slot(s, "u"), g)]
        return moved(p, [rate * a / ((1 - D(b1) ** t) * (u + (0 if inside else D(eps)))) for a, u in zip(m, s["u"])])
    return rule


def keras_nadam(b1, b2, eps):
    def rule(s, p, g, rate, t):
        u, following = (D(b1) * (1 - D("0.5") * D("0.96") ** k) for k in (t, t + 1))
        product = s["product"] = s.get("product", D(1)) * u
        m, v = mean(s, "m", b1, g), mean(s, "v", b2, [x * x for x in g])
        ahead = [following * a / (1 - product * following) + (1 - u) * x / (1 - product) for a, x in zip(m, g)]
        return moved(p, [rate * a / ((b / (1 - D(b2) ** t)).sqrt() + D(eps)) for a, b in zip(ahead, v)])
    return rule


def optax_radam(b1, b2, eps):
    def rule(s, p, g, rate, t):
        m, v = corrected(s, g, b1, b2, t)
        longest = 2 / (1 - D(b2)) - 1
        length = longest - 2 * t * D(b2) ** t / (1 - D(b2) ** t)
        if length < 5:
            return moved(p, [rate * a for a in m])
        r = ((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)).sqrt()
        return moved(p, [rate * r * a / (b.sqrt() + D(eps)) for a, b in zip(m, v)])
    return rule


def optax_yogi(b1, b2, eps, start=1e-6):
    def rule(s, p, g, rate, t):
        m = mean(s, "m", b1, g, start)
        s["v"] = [v - (1 - D(b2)) * ((v > x * x) - (v < x * x)) * x * x for v, x in zip(slot(s, "v", start), g)]
        return moved(p, [rate * a / (1 - D(b1) ** t) / ((b / (1 - D(b2) ** t)).sqrt() + D(eps)) for a, b in zip(m, s["v"])])
    return rule


def optax_adabelief(b1, b2, eps):
    def rule(s, p, g, rate, t):
        m = mean(s, "m", b1, g)
        s["v"] = [x + D(eps) for x in mean(s, "v", b2, [(x - a) ** 2 for x, a in zip(g, m)])]
        return moved(p, [rate * a / (1 - D(b1) ** t) / ((b / (1 - D(b2) ** t)).sqrt() + D(eps)) for a, b in zip(m, s["v"])])
    return rule


def lion(b1, b2, decay=0.0):
    def rule(s, p, g, rate, t):
        c = [D(b1) * m + (1 - D(b1)) * x for m, x in zip(slot(s, "m"), g)]
        mean(s, "m", b2, g)
        return moved(p, [rate * ((x > 0) - (x < 0) + D(decay) * q) for x, q in zip(c, p)])
    return rule


def norm(x):
    return sum((a * a for a in x), D(0)).sqrt()


def blockwise(step):
    """step(name, p, g, extra) of each block; extra are the block's entries of further vectors."""
    def rule(p, *vectors):
        out, start = [], 0
        for name, rows, columns in BLOCKS:
            end = start + rows * columns
            out += step(name, rows, columns, p[start:end], *(v[start:end] for v in vectors))
            start = end
        return out
    return rule


def lamb(b1, b2, eps, decay=0.0):
    def rule(s, p, g, rate, t):
        m, v = corrected(s, g, b1, b2, t)
        u = [a / (b.sqrt() + D(eps)) + D(decay) * q for a, b, q in zip(m, v, p)]

        def step(name, rows, columns, q, w):
            ratio = norm(q) / norm(w) if norm(q) > 0 and norm(w) > 0 else D(1)
            return moved(q, [ratio * rate * x for x in w])
        return blockwise(step)(p, u)
    return rule


def optax_lars(decay, trust, mu):
    def rule(s, p, g, rate, t):
        u = [x + D(decay) * q for x, q in zip(g, p)]

        def step(name, rows, columns, q, w):
            ratio = D(trust) * norm(q) / norm(w) if norm(q) > 0 and norm(w) > 0 else D(1)
            return [rate * ratio * x for x in w]
        s["b"] = [D(mu) * b + x for b, x in zip(slot(s, "b"), blockwise(step)(p, u))]
        return moved(p, s["b"])
    return rule


def optax_novograd(b1, b2, eps, decay):
    def rule(s, p, g, rate, t):
        def step(name, rows, columns, q, x, m):
            square = norm(x) ** 2
            s[name] = square if t == 1 else D(b2) * s[name] + (1 - D(b2)) * square
            return [(0 if t == 1 else D(b1) * a) + y / (s[name].sqrt() + D(eps)) + D(decay) * z for a, y, z in zip(m, x, q)]
        s["m"] = blockwise(step)(p, g, slot(s, "m"))
        return moved(p, [rate * x for x in s["m"]])
    return rule


def keras_adafactor(beta2_decay, eps1, eps2, clip, relative):
    def rms(x):
        return norm(x) / D(len(x)).sqrt()

    def rule(s, p, g, rate, t):
        gain = D(t) ** D(beta2_decay)
        cap = min(rate, 1 / D(t).sqrt()) if relative else rate

        def step(name, rows, columns, q, x):
            square = [a * a + D(eps1) for a in x]
            if columns > 1:
                r = [sum(square[i * columns:(i + 1) * columns]) / columns for i in range(rows)]
                c = [sum(square[j::columns]) / rows for j in range(columns)]
                old_r, old_c = s.get(name, ([D(0)] * rows, [D(0)] * columns))
                r = [(1 - gain) * a + gain * b for a, b in zip(old_r, r)]
                c = [(1 - gain) * a + gain * b for a, b in zip(old_c, c)]
                s[name] = (r, c)
                v = [r[i] / (sum(r) / rows) * c[j] for i in range(rows) for j in range(columns)]
            else:
                v = s[name] = [(1 - gain) * a + gain * b for a, b in zip(s.get(name, [D(0)] * rows), square)]
            u = [a / b.sqrt() for a, b in zip(x, v)]
            scale = cap * max(D(eps2), rms(q)) / max(D(1), rms(u) / D(clip))
            return moved(q, [scale * a for a in u])
        return blockwise(step)(p, g)
    return rule


def keras(method, rule, arguments, base, decay=0.0):
    formula("Keras", method, rule, arguments, base, decay)


keras("SGD", sgd(0, False, True), {}, 0.01)
keras("SGD", sgd(0.9, False, True), dict(learningRate=0.05, momentum=0.9, weightDecay=0.3), 0.05, 0.3)
keras("SGD", sgd(0.9, True, True), dict(learningRate=0.05, momentum=0.9, nesterov=True), 0.05)
keras("RMSprop", rmsprop(0.9, 1e-7, 0, False), {}, 0.001)
keras("RMSprop", rmsprop(0.95, 1e-4, 0.8, False), dict(learningRate=0.02, rho=0.95, momentum=0.8, epsilon=1e-4, weightDecay=0.3), 0.02, 0.3)
keras("RMSprop", rmsprop(0.9, 1e-7, 0, True), dict(learningRate=0.02, centered=True), 0.02)
keras("RMSprop", rmsprop(0.9, 1e-5, 0.8, True), dict(learningRate=0.02, momentum=0.8, epsilon=1e-5, centered=True), 0.02)
keras("Adam", keras_adam(0.9, 0.999, 1e-7), {}, 0.001)
keras("Adam", keras_adam(0.8, 0.95, 1e-4), dict(learningRate=0.02, beta1=0.8, beta2=0.95, epsilon=1e-4, weightDecay=0.3), 0.02, 0.3)
keras("Adam", keras_adam(0.9, 0.95, 1e-7, True), dict(learningRate=0.02, beta2=0.95, amsgrad=True), 0.02)
keras("AdamW", keras_adam(0.9, 0.999, 1e-7), {}, 0.001, 0.004)
keras("AdamW", keras_adam(0.8, 0.95, 1e-4, True),
      dict(learningRate=0.02, weightDecay=0.3, beta1=0.8, beta2=0.95, epsilon=1e-4, amsgrad=True), 0.02, 0.3)
keras("Adagrad", adagrad(0.1, 1e-7), {}, 0.001)
keras("Adagrad", adagrad(0.0, 1e-4), dict(learningRate=0.05, initialAccumulatorValue=0.0, epsilon=1e-4, weightDecay=0.3), 0.05, 0.3)
keras("Adadelta", adadelta(0.95, 1e-7), {}, 0.001)
keras("Adadelta", adadelta(0.8, 1e-4), dict(learningRate=2.0, rho=0.8, epsilon=1e-4, weightDecay=0.1), 2.0, 0.1)
keras("Adamax", adamax(0.9, 0.999, 1e-7, False), {}, 0.001)
keras("Adamax", adamax(0.8, 0.95, 1e-4, False), dict(learningRate=0.02, beta1=0.8, beta2=0.95, epsilon=1e-4, weightDecay=0.3), 0.02, 0.3)
keras("Nadam", keras_nadam(0.9, 0.999, 1e-7), {}, 0.001)
keras("Nadam", keras_nadam(0.8, 0.95, 1e-4), dict(learningRate=0.02, beta1=0.8, beta2=0.95, epsilon=1e-4, weightDecay=0.3), 0.02, 0.3)
keras("Lion", lion(0.9, 0.99), {}, 0.001)
keras("Lion", lion(0.8, 0.95), dict(learningRate=0.02, beta1=0.8, beta2=0.95, weightDecay=0.3), 0.02, 0.3)
keras("Lamb", lamb(0.9, 0.999, 1e-7), {}, 0.001)
keras("Lamb", lamb(0.8, 0.95, 1e-4), dict(learningRate=0.02, beta1=0.8, beta2=0.95, epsilon=1e-4, weightDecay=0.3), 0.02, 0.3)
keras("Adafactor", keras_adafactor(-0.8, 1e-30, 1e-3, 1.0, True), {}, 0.001)
keras("Adafactor", keras_adafactor(-0.6, 1e-6, 0.2, 0.5, True),
      dict(learningRate=0.5, beta2Decay=-0.6, epsilon1=1e-6, epsilon2=0.2, clipThreshold=0.5, weightDecay=0.1), 0.5, 0.1)
# Keras limits the rate here too; the parameter's own description is followed instead.
keras("Adafactor", keras_adafactor(-0.8, 1e-30, 1e-3, 1.0, False), dict(learningRate=0.5, relativeStep=False), 0.5)


def optax(method, rule, base, decay=0.0, **arguments):
    formula("optax", method, rule, dict(learningRate=base, **arguments), base, decay, coupled=decay != 0)


optax("SGD", sgd(0, False, False), 0.05)
optax("SGD", sgd(0.9, False, False), 0.05, momentum=0.9)
optax("SGD", sgd(0.9, True, False), 0.05, momentum=0.9, nesterov=True)
optax("AdaGrad", adagrad(0.1, 1e-7), 0.05)
optax("AdaGrad", adagrad(0.0, 1e-4), 0.05, initialAccumulatorValue=0.0, eps=1e-4)
optax("RMSProp", rmsprop(0.9, 1e-8, 0, False), 0.02)
formula("optax", "RMSProp", rmsprop(0.95, 1e-4, 0.8, False, in_root=False, start=1.0),
        dict(learningRate=0.02, decay=0.95, eps=1e-4, initialScale=1.0, epsInSqrt=False, momentum=0.8), 0.02)
optax("RMSProp", rmsprop(0.9, 1e-5, 0.8, True), 0.02, eps=1e-5, momentum=0.8, centered=True)
optax("AdaDelta", adadelta(0.9, 1e-6), 0.5)
optax("AdaDelta", adadelta(0.8, 1e-4), 2.0, decay=0.1, rho=0.8, eps=1e-4, weightDecay=0.1)
optax("Adam", optax_adam(0.9, 0.999, 1e-8), 0.02)
optax("Adam", optax_adam(0.8, 0.95, 1e-4), 0.02, b1=0.8, b2=0.95, eps=1e-4)
optax("AdamW", optax_adam(0.9, 0.999, 1e-8, decay=1e-4), 0.02)
optax("AdamW", optax_adam(0.8, 0.95, 1e-4, decay=0.3), 0.02, b1=0.8, b2=0.95, eps=1e-4, weightDecay=0.3)
optax("AMSGrad", optax_adam(0.9, 0.999, 1e-8, amsgrad=True), 0.02)
optax("AMSGrad", optax_adam(0.8, 0.95, 1e-4, amsgrad=True), 0.02, b1=0.8, b2=0.95, eps=1e-4)
optax("AdaMax", adamax(0.9, 0.999, 1e-8, True), 0.02)
optax("AdaMax", adamax(0.8, 0.95, 1e-4, True), 0.02, b1=0.8, b2=0.95, eps=1e-4)
optax("NAdam", optax_adam(0.9, 0.999, 1e-8, nesterov=True), 0.02)
optax("NAdam", optax_adam(0.8, 0.95, 1e-4, nesterov=True), 0.02, b1=0.8, b2=0.95, eps=1e-4)
optax("NAdamW", optax_adam(0.9, 0.999, 1e-8, decay=1e-4, nesterov=True), 0.02)
optax("NAdamW", optax_adam(0.8, 0.95, 1e-4, decay=0.3, nesterov=True), 0.02, b1=0.8, b2=0.95, eps=1e-4, weightDecay=0.3)
optax("RAdam", optax_radam(0.9, 0.999, 1e-8), 0.02)
optax("RAdam", optax_radam(0.8, 0.95, 1e-4), 0.02, b1=0.8, b2=0.95, eps=1e-4)
optax("Yogi", optax_yogi(0.9, 0.999, 1e-3), 0.02)
optax("Yogi", optax_yogi(0.8, 0.95, 1e-4), 0.02, b1=0.8, b2=0.95, eps=1e-4)
optax("AdaBelief", optax_adabelief(0.9, 0.999, 1e-16), 0.02)
optax("AdaBelief", optax_adabelief(0.8, 0.95, 1e-6), 0.02, b1=0.8, b2=0.95, eps=1e-6)
optax("Lion", lion(0.9, 0.99, 1e-3), 0.02)
optax("Lion", lion(0.8, 0.95, 0.3), 0.02, b1=0.8, b2=0.95, weightDecay=0.3)
optax("Lamb", lamb(0.9, 0.999, 1e-6), 0.02)
optax("Lamb", lamb(0.8, 0.95, 1e-4, decay=0.3), 0.02, b1=0.8, b2=0.95, eps=1e-4, weightDecay=0.3)
optax("Lars", optax_lars(0.0, 0.001, 0.9), 1.0)
optax("Lars", optax_lars(0.3, 0.01, 0.8), 1.0, weightDecay=0.3, trustCoefficient=0.01, momentum=0.8)
optax("NovoGrad", optax_novograd(0.9, 0.25, 1e-6, 0.0), 0.02)
optax("NovoGrad", optax_novograd(0.8, 0.5, 1e-4, 0.3), 0.02, b1=0.8, b2=0.5, eps=1e-4, weightDecay=0.3)

about = "Start at 'initial', feed gradients[0..T-1] at base rate times factors[0..T-1]; parameters after the marked steps"
content = {"about": about, "layout": [{"name": n, "rows": r, "columns": c} for n, r, c in BLOCKS], "initial": INITIAL,
           "factors": FACTORS, "gradients": GRADIENTS, "cases": cases}
text = json.dumps(content, separators=(",", ":")).replace('{"library"', '\n{"library"')
Path(__file__).with_name("conventions.json").write_text(text + "\n")
