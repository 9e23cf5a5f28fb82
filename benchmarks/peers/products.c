// One update of a square matrix by Muon (five Newton-Schulz steps), with a blocked product: what one core can do.
//   gcc -O3 -march=native -ffp-contract=fast products.c -o products -lm
//   ./products 512 9         side and samples; prints "Muon side median" in ms, with tabs
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TALL = 6, LANES = 8, WIDE = 2 * LANES };

typedef double lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(8)));

static double *panels, *panel;

// c <- a b, or a b' if transposed; a is rows x inner, c is rows x columns. Panels of 6 rows and of 16 columns, so that the sums of a tile
// stay in registers.
static void multiply(const double *a, const double *b, double *c, long rows, long inner, long columns, int transposed)
{
    for (long i = 0; i < rows; i += TALL)
        for (long k = 0; k < inner; k++)
            for (long r = 0; r < TALL; r++)
                panels[i * inner + k * TALL + r] = i + r < rows ? a[(i + r) * inner + k] : 0;
    for (long j = 0; j < columns; j += WIDE) {
        for (long k = 0; k < inner; k++)
            for (long s = 0; s < WIDE; s++)
                panel[k * WIDE + s] = j + s >= columns ? 0 : transposed ? b[(j + s) * inner + k] : b[k * columns + j + s];
        for (long i = 0; i < rows; i += TALL) {
            lanes sums[TALL][2] = {0};
            const double *left = panels + i * inner, *right = panel;
            for (long k = 0; k < inner; k++, left += TALL, right += WIDE) {
                lanes first = *(const lanes *)right, second = *(const lanes *)(right + LANES);
#pragma GCC unroll 6
                for (long r = 0; r < TALL; r++) {
                    sums[r][0] += left[r] * first;
                    sums[r][1] += left[r] * second;
                }
            }
            double tile[TALL][WIDE];
            memcpy(tile, sums, sizeof tile);
            for (long r = 0; r < TALL && i + r < rows; r++)
                for (long s = 0; s < WIDE && j + s < columns; s++)
                    c[(i + r) * columns + j + s] = tile[r][s];
        }
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * t.tv_sec + 1e-6 * t.tv_nsec;
}

static int smaller(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

int main(int count, char **arguments)
{
    long n = count > 1 ? atol(arguments[1]) : 512, samples = count > 2 ? atol(arguments[2]) : 9, length = n * n;
    double *matrix[6];
    for (int i = 0; i < 6; i++)
        matrix[i] = calloc(length, sizeof(double));
    panels = calloc((n + TALL) * n, sizeof(double));
    panel = calloc(n * WIDE, sizeof(double));
    double *mean = matrix[0], *x = matrix[1], *gram = matrix[2], *square = matrix[3], *next = matrix[4], *parameters = matrix[5];
    double *times = calloc(samples, sizeof(double));
    for (long t = 0; t < samples; t++) {
        double start = now(), norm = 0;
        for (long i = 0; i < length; i++) {
            double gradient = 1e-3 * (i % 1009 * (i % 1013) % 7 - 3);
            mean[i] = 0.95 * mean[i] + 0.05 * gradient;
            x[i] = 0.05 * gradient + 0.95 * mean[i];
            norm += x[i] * x[i];
        }
        norm = sqrt(norm);
        for (long i = 0; i < length; i++)
            x[i] /= norm;
        for (int step = 0; step < 5; step++) {
            multiply(x, x, gram, n, n, n, 1);
            multiply(gram, gram, square, n, n, n, 1);
            for (long i = 0; i < length; i++)
                gram[i] = -4.7750 * gram[i] + 2.0315 * square[i];
            multiply(gram, x, next, n, n, n, 0);
            for (long i = 0; i < length; i++)
                x[i] = next[i] + 3.4445 * x[i];
        }
        for (long i = 0; i < length; i++)
            parameters[i] -= 1e-9 * x[i];
        times[t] = now() - start;
    }
    qsort(times, samples, sizeof(double), smaller);
    printf("Muon\t%ld\t%.6g\n", n, times[samples / 2]);
    if (parameters[length - 1] == 1)
        puts(""); // so that the compiler keeps the work
    return 0;
}
