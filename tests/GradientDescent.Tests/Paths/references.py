"""Makes Golden/selection.json: paths and choices of scikit-learn on diabetes.csv and breast_cancer.csv.

    python3 references.py > ../Golden/selection.json      (made with scikit-learn 1.2.1)

Features are standardised with the population standard deviation; coefficients are of these columns. Strengths are this library's:
twice scikit-learn's alpha for squared error, 1/(n C) for logistic regression. Folds test adjacent samples (KFold without shuffling).
"""
import csv
import json
import os
import numpy as np
from sklearn.linear_model import ElasticNetCV, LassoCV, LogisticRegression, enet_path
from sklearn.model_selection import KFold

HERE = os.path.dirname(os.path.abspath(__file__))
DIABETES = os.path.join(HERE, "../../../src/GradientDescent.Tool/Data/diabetes.csv")
BREAST_CANCER = os.path.join(HERE, "../Files/breast_cancer.csv")


def read(path, rows=None):
    with open(path) as file:
        table = np.array([[float(field) for field in row] for row in list(csv.reader(file))[1:]])[:rows]
    x, y = table[:, :-1], table[:, -1]
    scale = x.std(axis=0)
    return x, (x - x.mean(axis=0)) / np.where(scale == 0, 1, scale), y


def squared_error(name, path, ratio, rows=None):
    _, x, y = read(path, rows)
    n, target = len(y), y - y.mean()
    largest = np.abs(x.T @ target).max() / n / ratio
    alphas = largest * 10 ** -np.arange(0.25, 2.6, 0.25)
    _, coefficients, gaps = enet_path(x, target, l1_ratio=ratio, alphas=alphas, tol=1e-15, max_iter=10**7)
    return {"name": name, "l1Ratio": ratio, "rows": n, "largest": 2 * largest, "strengths": list(2 * alphas), "intercept": y.mean(),
            "coefficients": coefficients.T.tolist()}


def ridge(path):
    _, x, y = read(path)
    n, strengths = len(y), [10.0, 1.0, 0.01]
    # mean (y - xw)^2 + strength/2 w^2
    coefficients = [np.linalg.solve(2 * x.T @ x / n + s * np.eye(x.shape[1]), 2 * x.T @ (y - y.mean()) / n).tolist() for s in strengths]
    return {"name": "diabetes", "l1Ratio": 0, "rows": n, "strengths": strengths, "intercept": y.mean(), "coefficients": coefficients}


def logistic(ratio):
    _, x, y = read(BREAST_CANCER)
    n = len(y)
    largest = np.abs(x.T @ (y - y.mean())).max() / n / (ratio or 1)
    result = {"name": "breast_cancer", "l1Ratio": ratio, "rows": n, "strengths": [], "intercepts": [], "coefficients": []}
    if ratio:
        result["largest"] = largest
    for strength in largest * np.array([0.5, 0.1, 0.02]):
        kind = {0: "l2", 1: "l1"}.get(ratio, "elasticnet")
        solver = "newton-cholesky" if ratio == 0 else "saga"
        model = LogisticRegression(penalty=kind, C=1 / (n * strength), l1_ratio=ratio if kind == "elasticnet" else None, solver=solver,
                                   tol=1e-12, max_iter=10**6)
        model.fit(x, y)
        result["strengths"].append(strength)
        result["intercepts"].append(model.intercept_[0])
        result["coefficients"].append(model.coef_[0].tolist())
    return result


def chosen(ratio):
    """LassoCV and ElasticNetCV centre, but do not scale, the training samples of each fold: the raw features, in units of their own."""
    x, _, y = read(DIABETES)
    alphas = np.geomspace(40, 0.05, 12)
    kind = LassoCV(alphas=alphas, cv=KFold(5), tol=1e-14, max_iter=10**7) if ratio == 1 else \
        ElasticNetCV(l1_ratio=ratio, alphas=alphas, cv=KFold(5), tol=1e-14, max_iter=10**7)
    kind.fit(x, y)
    return {"l1Ratio": ratio, "strengths": list(2 * kind.alphas_), "foldErrors": kind.mse_path_.tolist(), "best": 2 * kind.alpha_,
            "coefficients": kind.coef_.tolist(), "intercept": kind.intercept_}


print(json.dumps({
    "source": "scikit-learn 1.2.1, tests/GradientDescent.Tests/Selection/references.py",
    "linear": [squared_error("diabetes", DIABETES, 1.0), squared_error("diabetes", DIABETES, 0.5), squared_error("diabetes", DIABETES, 0.01),
               squared_error("breast_cancer", BREAST_CANCER, 1.0, rows=25), squared_error("breast_cancer", BREAST_CANCER, 0.5, rows=25),
               ridge(DIABETES)],
    "logistic": [logistic(1), logistic(0.5), logistic(0)],
    "chosen": [chosen(1), chosen(0.5)],
}))
