#!/usr/bin/env python3
"""Draws icon.png, the packages' icon: gradient descent with momentum on the contours of a long valley.

Standard library only; the same bytes every time for the same zlib."""

import math
import pathlib
import struct
import zlib

SIZE, SAMPLES = 128, 4  # pixels a side; samples a side of each pixel
BANDS = [(14, 40, 66), (20, 62, 96), (27, 88, 126), (37, 117, 154), (56, 148, 178), (92, 180, 194), (146, 210, 205), (205, 236, 222)]
PATH = (255, 183, 51)
TILT, STEEPNESS = math.radians(28), 5.0


def along(x, y):
    """Coordinates along and across the valley, whose bottom is right of and below the middle."""
    x, y = x - 0.64, y - 0.62
    return x * math.cos(TILT) + y * math.sin(TILT), y * math.cos(TILT) - x * math.sin(TILT)


def height(x, y):
    a, b = along(x, y)
    return a * a + STEEPNESS * b * b


def descent(steps=16, rate=0.1, momentum=0.7):
    (x, y), vx, vy = (0.12, 0.14), 0.0, 0.0
    points = [(x, y)]
    for _ in range(steps):
        a, b = along(x, y)
        ga, gb = 2 * a, 2 * STEEPNESS * b
        vx = momentum * vx - rate * (ga * math.cos(TILT) - gb * math.sin(TILT))
        vy = momentum * vy - rate * (ga * math.sin(TILT) + gb * math.cos(TILT))
        x, y = x + vx, y + vy
        points.append((x, y))
    return points


def distance(px, py, start, end):
    (ax, ay), (bx, by) = start, end
    dx, dy = bx - ax, by - ay
    share = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy)))
    return math.hypot(px - ax - share * dx, py - ay - share * dy)


def colour(x, y, points):
    if min(math.hypot(x - a, y - b) for a, b in points) < 0.024 or min(distance(x, y, *pair) for pair in zip(points, points[1:])) < 0.011:
        return PATH
    band = int(len(BANDS) - 1 - 1.05 * math.log2(max(height(x, y), 1e-9) / 0.008))
    return BANDS[max(0, min(len(BANDS) - 1, band))]


def row(j, points):
    yield 0  # PNG's filter of the row: none
    for i in range(SIZE):
        samples = [colour((i + (a + 0.5) / SAMPLES) / SIZE, (j + (b + 0.5) / SAMPLES) / SIZE, points) for a in range(SAMPLES) for b in range(SAMPLES)]
        yield from (sum(channel) // len(samples) for channel in zip(*samples))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


points = descent()
pixels = bytes(value for j in range(SIZE) for value in row(j, points))
pathlib.Path(__file__).with_name("icon.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b""))
