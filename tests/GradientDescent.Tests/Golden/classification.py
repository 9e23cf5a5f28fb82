"""Writes classification.json: what scikit-learn says of probabilities that are drawn here. Made with scikit-learn 1.2.1, numpy 1.24."""

import json
import warnings

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")
random = np.random.default_rng(20260101)


def numbers(values):
    return [float(value) for value in values]


def table(truth, predicted, weights, labels):
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        truth, predicted, labels=labels, sample_weight=weights, zero_division=0)
    averages = {
        name: numbers(metrics.precision_recall_fscore_support(
            truth, predicted, average=name, sample_weight=weights, zero_division=0)[:3])
        for name in ("macro", "weighted")
    }
    return {
        "confusion": [numbers(row) for row in metrics.confusion_matrix(truth, predicted, labels=labels, sample_weight=weights)],
        "precision": numbers(precision),
        "recall": numbers(recall),
        "f1": numbers(f1),
        "support": numbers(support),
        **averages,
        "accuracy": metrics.accuracy_score(truth, predicted, sample_weight=weights),
        "balancedAccuracy": metrics.balanced_accuracy_score(truth, predicted, sample_weight=weights),
        "kappa": metrics.cohen_kappa_score(truth, predicted, sample_weight=weights),
        "matthews": metrics.matthews_corrcoef(truth, predicted, sample_weight=weights),
    }


def curves(truth, scores, weights):
    false, true, thresholds = metrics.roc_curve(truth, scores, sample_weight=weights, drop_intermediate=False)
    precision, recall, cuts = metrics.precision_recall_curve(truth, scores, sample_weight=weights)
    return {
        "auc": metrics.roc_auc_score(truth, scores, sample_weight=weights),
        "averagePrecision": metrics.average_precision_score(truth, scores, sample_weight=weights),
        "thresholds": numbers(thresholds[1:]),
        "falsePositiveRates": numbers(false),
        "truePositiveRates": numbers(true),
        "cuts": numbers(cuts[::-1]),
        "precisions": numbers(precision[-2::-1]),
        "recalls": numbers(recall[-2::-1]),
    }


def binary(name, count, decimals, weighted):
    truth = random.integers(0, 2, count)
    scores = np.clip(np.round(1 / (1 + np.exp(-(1.5 * truth - 0.9 + random.normal(size=count)))), decimals), 0.001, 0.999)
    weights = random.integers(0, 5, count) / 2 if weighted else None
    observed, predicted = calibration_curve(truth, scores, n_bins=7)
    return {
        "name": name,
        "truth": [int(t) for t in truth],
        "probabilities": numbers(scores),
        "weights": None if weights is None else numbers(weights),
        **table(truth, (scores >= 0.5).astype(int), weights, [0, 1]),
        **curves(truth, scores, weights),
        "logLoss": metrics.log_loss(truth, scores, sample_weight=weights),
        "brier": metrics.brier_score_loss(truth, scores, sample_weight=weights),
        "widthBins": None if weighted else {"observed": numbers(observed), "predicted": numbers(predicted)},
    }


def multiclass(name, count, classes, weighted):
    truth = random.integers(0, classes, count)
    scores = random.normal(size=(count, classes)) + 1.2 * np.eye(classes)[truth]
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    weights = random.integers(1, 5, count) / 4 if weighted else None
    return {
        "name": name,
        "truth": [int(t) for t in truth],
        "probabilities": [numbers(row) for row in probabilities],
        "weights": None if weights is None else numbers(weights),
        **table(truth, probabilities.argmax(axis=1), weights, list(range(classes))),
        "ofClasses": [curves(truth == k, probabilities[:, k], weights) for k in range(classes)],
        "logLoss": metrics.log_loss(truth, probabilities, sample_weight=weights),
        # scikit-learn 1.2 has the Brier score of two classes only: this is its definition.
        "brier": float(np.average(((probabilities - np.eye(classes)[truth]) ** 2).sum(axis=1), weights=weights)),
    }


with open("classification.json", "w", encoding="utf-8", newline="\n") as file:
    json.dump({
        "binary": [
            binary("no ties", 60, 12, False),
            binary("ties", 80, 1, False),
            binary("weights and ties", 50, 2, True),
        ],
        "multiclass": [
            multiclass("three classes", 45, 3, False),
            multiclass("five classes, weights", 60, 5, True),
        ],
    }, file, indent=1)
    file.write("\n")
