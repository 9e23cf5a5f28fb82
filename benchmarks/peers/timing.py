"""Medians of repeated samples."""
import statistics
import time


def seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median_seconds(work, samples, sample_seconds=0.005):
    """Median seconds of one call; each sample repeats it for about five milliseconds, after one that is not counted."""
    work()

    def repeated(count):
        return seconds(lambda: [work() for _ in range(count)])

    count = 1
    while repeated(count) < sample_seconds / 2:
        count *= 2
    return statistics.median(repeated(count) / count for _ in range(samples))


def epoch_milliseconds(run, samples):
    """Half of what three epochs cost more than one, so that no set-up is in it."""
    run(1)
    return 1e3 * statistics.median((seconds(lambda: run(3)) - seconds(lambda: run(1))) / 2 for _ in range(samples))
