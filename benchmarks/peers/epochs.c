// Epochs of Adam on a linear regression with squared error, in batches of 32, in order and shuffled: what one core can do, in ms.
//   gcc -O3 -march=native -fno-math-errno -ffp-contract=off epochs.c -o epochs -lm
//   ./epochs 200000 100 9    200000 x 100 doubles, median of 9 samples
// Rows are prefetched a batch ahead, which shuffled epochs need. The parameters end with the intercept.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 32, AHEAD = 32 };

typedef double pack __attribute__((vector_size(64), aligned(8)));

typedef struct {
    long rows, columns, step;
    double *x, *y, *parameters, *gradient, *mean, *square;
    int *order;
} problem;

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static uint64_t hash(uint64_t z) // SplitMix64
{
    z = (z + 1) * 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

static double dot(long n, const double *restrict a, const double *restrict b)
{
    pack s[2] = {{0}};
    long i = 0;
    for (; i + 16 <= n; i += 16) {
        s[0] += *(const pack *)(a + i) * *(const pack *)(b + i);
        s[1] += *(const pack *)(a + i + 8) * *(const pack *)(b + i + 8);
    }
    double sum = 0;
    for (int k = 0; k < 8; k++)
        sum += s[0][k] + s[1][k];
    for (; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void add_gradient(const problem *p, long row, double *restrict gradient)
{
    long d = p->columns;
    const double *restrict x = p->x + row * d;
    double slope = 2 * (dot(d, x, p->parameters) + p->parameters[d] - p->y[row]);
    for (long j = 0; j < d; j++)
        gradient[j] += slope * x[j];
    gradient[d] += slope;
}

static void update(problem *p, long count)
{
    double *restrict parameters = p->parameters, *restrict mean = p->mean, *restrict square = p->square;
    const double *restrict gradient = p->gradient;
    double t = ++p->step, rate = 0.001 / (1 - pow(0.9, t)), root = 1 / sqrt(1 - pow(0.999, t));
    for (long j = 0; j <= p->columns; j++) {
        double g = gradient[j] / count;
        mean[j] += 0.1 * (g - mean[j]);
        square[j] += 0.001 * (g * g - square[j]);
        parameters[j] -= rate * mean[j] / (root * sqrt(square[j]) + 1e-8);
    }
}

static void epoch(problem *p, int shuffled)
{
    for (long i = p->rows - 1; shuffled && i > 0; i--) {
        long j = (hash(p->step + i) >> 32) * (i + 1) >> 32;
        int other = p->order[j];
        p->order[j] = p->order[i];
        p->order[i] = other;
    }
    for (long start = 0; start < p->rows; start += BATCH) {
        long end = start + BATCH < p->rows ? start + BATCH : p->rows;
        memset(p->gradient, 0, (p->columns + 1) * sizeof(double));
        for (long i = start; i < end; i++) {
            if (i + AHEAD < p->rows) {
                const double *coming = p->x + p->order[i + AHEAD] * p->columns;
                for (long j = 0; j < p->columns; j += 8)
                    __builtin_prefetch(coming + j, 0, 2);
            }
            add_gradient(p, p->order[i], p->gradient);
        }
        update(p, end - start);
    }
}

static double *zeros(long n)
{
    double *memory = aligned_alloc(64, (n * sizeof(double) + 63) / 64 * 64);
    if (!memory) {
        fprintf(stderr, "There is no memory for %ld numbers.\n", n);
        exit(1);
    }
    return memset(memory, 0, n * sizeof(double));
}

static int ascending(const void *x, const void *y) { return (*(double *)x > *(double *)y) - (*(double *)x < *(double *)y); }

static void measure(problem *p, int shuffled, int samples)
{
    double times[samples];
    epoch(p, shuffled);
    for (int s = 0; s < samples; s++) {
        double started = seconds();
        epoch(p, shuffled);
        times[s] = 1e3 * (seconds() - started);
    }
    qsort(times, samples, sizeof *times, ascending);
    double median = (times[(samples - 1) / 2] + times[samples / 2]) / 2;
    printf("Adam 32/%s\t%ld\t%.6g\n", shuffled ? "shuffled" : "in order", p->rows, median);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: epochs <rows> <columns> <samples>\n");
        return 2;
    }
    problem p = {.rows = atol(argv[1]), .columns = atol(argv[2])};
    p.x = zeros(p.rows * p.columns), p.y = zeros(p.rows);
    p.parameters = zeros(p.columns + 1), p.gradient = zeros(p.columns + 1);
    p.mean = zeros(p.columns + 1), p.square = zeros(p.columns + 1);
    p.order = malloc(p.rows * sizeof *p.order);
    for (long i = 0; i < p.rows; i++) {
        p.order[i] = i;
        for (long j = 0; j < p.columns; j++)
            p.x[i * p.columns + j] = hash(i * p.columns + j) / 18446744073709551616.0 * 2 - 1;
        p.y[i] = dot(10, p.x + i * p.columns, p.x + i * p.columns + 10);
    }
    measure(&p, 0, atoi(argv[3]));
    measure(&p, 1, atoi(argv[3]));
    return isfinite(p.parameters[0]) ? 0 : 1;
}
