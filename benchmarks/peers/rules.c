// Every update rule as a plain loop, and one read of a buffer: what one core can do.
//   gcc -O3 -march=native -fno-math-errno -ffp-contract=off rules.c -o rules -lm
//   ./rules 1000 9          every rule at 1000 parameters, median of 9 samples, in ns a parameter
//   ./rules read 200000 100 9    one read of 200000 x 100 doubles, in ms
// Without -fno-math-errno gcc leaves loops with a square root scalar. The arithmetic is that of the library's rules, operation for operation.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tgmath.h>
#include <time.h>

#define LOOP(rule, type, ...)                                                                                    \
    static void rule##_##type(long n, type *restrict p, const type *restrict g, type *restrict a, type *restrict b, \
                              type *restrict c, type *restrict d)                                                \
    {                                                                                                            \
        typedef type T;                                                                                          \
        (void)a, (void)b, (void)c, (void)d; /* not every rule has so much state */                               \
        for (long i = 0; i < n; i++) {                                                                           \
            __VA_ARGS__                                                                                          \
        }                                                                                                        \
    }
#define RULE(rule, ...)            \
    LOOP(rule, double, __VA_ARGS__) \
    LOOP(rule, float, __VA_ARGS__)

#define RATE ((T)1e-9) // so small that the parameters stay where they are
#define EPSILON ((T)1e-8)
#define MEANS                               \
    a[i] += (T)0.1 * (g[i] - a[i]);         \
    b[i] += (T)0.001 * (g[i] * g[i] - b[i]);
#define ADAM p[i] -= RATE * a[i] / ((T)1.5 * sqrt(b[i]) + EPSILON);

RULE(SGD, p[i] -= RATE * g[i];)
RULE(Momentum, a[i] = (T)0.9 * a[i] - RATE * g[i]; p[i] += a[i];)
RULE(Nesterov, T step = RATE * g[i]; a[i] = (T)0.9 * a[i] - step; p[i] += (T)0.9 * a[i] - step;)
RULE(AdaGrad, a[i] += g[i] * g[i]; p[i] -= RATE * g[i] / (sqrt(a[i]) + EPSILON);)
RULE(RMSProp, a[i] = (T)0.9 * a[i] + (T)0.1 * (g[i] * g[i]); p[i] -= RATE * g[i] / (sqrt(a[i]) + EPSILON);)
RULE(Adam, MEANS ADAM)
RULE(AdamW, p[i] = (T)(1 - 1e-11) * p[i]; MEANS ADAM)
RULE(AdaMax, a[i] += (T)0.1 * (g[i] - a[i]); T decayed = (T)0.999 * b[i], current = fabs(g[i]) + EPSILON; b[i] = decayed > current ? decayed : current;
     p[i] -= RATE * a[i] / b[i];)
RULE(NAdam, MEANS p[i] -= (RATE * a[i] + (T)1e-10 * g[i]) / ((T)1.5 * sqrt(b[i]) + EPSILON);)
RULE(RAdam, MEANS ADAM)
RULE(AdaDelta, a[i] = (T)0.9 * a[i] + (T)0.1 * (g[i] * g[i]); T step = sqrt(b[i] + (T)1e-6) / sqrt(a[i] + (T)1e-6) * g[i];
     b[i] = (T)0.9 * b[i] + (T)0.1 * (step * step); p[i] -= RATE * step;)
RULE(Rprop, T sign = g[i] > 0 ? (T)1 : g[i] < 0 ? (T)-1 : (T)0, agreement = sign * a[i];
     T step = (agreement > 0 ? (T)1.2 : agreement < 0 ? (T)0.5 : (T)1) * b[i];
     step = step > 50 ? (T)50 : step < (T)1e-6 ? (T)1e-6 : step; b[i] = step; a[i] = agreement < 0 ? (T)0 : sign; p[i] -= RATE * (a[i] * step);)
RULE(Lion, T mix = (T)0.9 * a[i] + (T)0.1 * g[i], sign = mix > 0 ? (T)1 : mix < 0 ? (T)-1 : (T)0;
     p[i] = (T)(1 - 1e-11) * p[i] - RATE * sign; a[i] = (T)0.99 * a[i] + (T)0.01 * g[i];)
RULE(Yogi, T square = g[i] * g[i]; a[i] = (T)0.9 * a[i] + (T)0.1 * g[i]; T apart = b[i] - square, sign = apart > 0 ? (T)1 : apart < 0 ? (T)-1 : (T)0;
     b[i] -= (T)0.001 * (sign * square); ADAM)
RULE(AdaBelief, a[i] = (T)0.9 * a[i] + (T)0.1 * g[i]; T apart = g[i] - a[i]; b[i] = (T)0.999 * b[i] + (T)0.001 * (apart * apart) + (T)1e-16; ADAM)
RULE(Adan, T change = (T)1 * (g[i] - d[i]), ahead = g[i] + (T)0.92 * change; a[i] = (T)0.98 * a[i] + (T)0.02 * g[i];
     c[i] = (T)0.92 * c[i] + (T)0.08 * change; b[i] = (T)0.99 * b[i] + (T)0.01 * (ahead * ahead); d[i] = g[i];
     T step = (RATE * a[i] + (T)2e-9 * c[i]) / ((T)1.5 * sqrt(b[i]) + EPSILON); p[i] = (T)(1 - 1e-11) * (p[i] - step);)
RULE(SignSGD, a[i] = (T)0.9 * a[i] + (T)0.1 * g[i]; T sign = a[i] > 0 ? (T)1 : a[i] < 0 ? (T)-1 : (T)0; p[i] -= RATE * sign;)
RULE(AdaBound, a[i] = (T)0.9 * a[i] + (T)0.1 * g[i]; b[i] = (T)0.999 * b[i] + (T)0.001 * (g[i] * g[i]); T rate = RATE / (sqrt(b[i]) + EPSILON);
     rate = rate < (T)1e-10 ? (T)1e-10 : rate > (T)1e-8 ? (T)1e-8 : rate; p[i] -= rate * a[i];)
RULE(QHM, a[i] = (T)0.999 * a[i] + (T)0.001 * g[i]; p[i] -= (T)3e-10 * g[i] + (T)7e-10 * a[i];)
RULE(QHAdam, T square = g[i] * g[i]; a[i] = (T)0.995 * a[i] + (T)0.005 * g[i]; b[i] = (T)0.999 * b[i] + (T)0.001 * square;
     p[i] -= ((T)3e-10 * g[i] + (T)7e-10 * a[i]) / (sqrt((T)0.1 * square + (T)0.9 * b[i]) + EPSILON);)
RULE(AdEMAMix, a[i] = (T)0.9 * a[i] + (T)0.1 * g[i]; c[i] = (T)0.9999 * c[i] + (T)0.0001 * g[i]; b[i] = (T)0.999 * b[i] + (T)0.001 * (g[i] * g[i]);
     p[i] -= (RATE * a[i] + (T)5e-9 * c[i]) / ((T)1.5 * sqrt(b[i]) + EPSILON);)
RULE(ADOPT, T root = sqrt(b[i]), scaled = g[i] / (root > (T)1e-6 ? root : (T)1e-6); scaled = scaled < (T)-9 ? (T)-9 : scaled > (T)9 ? (T)9 : scaled;
     a[i] = (T)0.9 * a[i] + (T)0.1 * scaled; p[i] -= RATE * a[i]; b[i] = (T)0.9999 * b[i] + (T)0.0001 * (g[i] * g[i]);)
RULE(LaProp, b[i] = (T)0.999 * b[i] + (T)0.001 * (g[i] * g[i]); a[i] = (T)0.9 * a[i] + (T)0.1 * (g[i] / ((T)1.5 * sqrt(b[i]) + EPSILON)); p[i] -= RATE * a[i];)
RULE(AggMo, a[i] = g[i]; b[i] = (T)0.9 * b[i] + g[i]; c[i] = (T)0.99 * c[i] + g[i]; p[i] -= RATE * (a[i] + b[i] + c[i]);)
RULE(FTRL, T before = sqrt(a[i]); a[i] += g[i] * g[i]; T root = sqrt(a[i]);
     b[i] += g[i] - ((T)10 * (root - before) + (T)1e-9 * (before + 1)) * p[i]; T beyond = b[i] - (b[i] < 0 ? (T)0 : b[i] > 0 ? (T)0 : b[i]);
     T moved = -beyond / ((T)10 * (root + 1)); p[i] = fabs(g[i]) > 0 ? moved : p[i];)
RULE(MADGRAD, a[i] += RATE * g[i]; b[i] += RATE * (g[i] * g[i]); T target = c[i] - a[i] / (cbrt(b[i]) + (T)1e-6); p[i] += (T)0.1 * (target - p[i]);)
RULE(DiffGrad, MEANS T friction = 1 / (1 + exp(-fabs(d[i] - g[i]))); d[i] = g[i]; p[i] -= RATE * a[i] * friction / ((T)1.5 * sqrt(b[i]) + EPSILON);)

typedef void double_rule(long, double *, const double *, double *, double *, double *, double *);
typedef void float_rule(long, float *, const float *, float *, float *, float *, float *);
static const struct {
    const char *name;
    double_rule *in_double;
    float_rule *in_float;
} rules[] = {
#define ENTRY(rule) {#rule, rule##_double, rule##_float}
    ENTRY(SGD), ENTRY(Momentum), ENTRY(Nesterov), ENTRY(AdaGrad), ENTRY(RMSProp), ENTRY(Adam),
    ENTRY(AdamW), ENTRY(AdaMax), ENTRY(NAdam), ENTRY(RAdam), ENTRY(AdaDelta), ENTRY(Rprop),
    ENTRY(Lion), ENTRY(Yogi), ENTRY(AdaBelief), ENTRY(Adan), ENTRY(SignSGD), ENTRY(AdaBound),
    ENTRY(QHM), ENTRY(QHAdam), ENTRY(AdEMAMix), ENTRY(ADOPT), ENTRY(LaProp), ENTRY(AggMo),
    ENTRY(FTRL), ENTRY(MADGRAD), ENTRY(DiffGrad),
};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static int ascending(const void *x, const void *y) { return (*(double *)x > *(double *)y) - (*(double *)x < *(double *)y); }

static double median(int samples, double *times)
{
    qsort(times, samples, sizeof *times, ascending);
    return (times[(samples - 1) / 2] + times[samples / 2]) / 2;
}

static void *buffer(size_t bytes)
{
    void *memory = aligned_alloc(64, (bytes + 63) / 64 * 64);
    if (!memory) {
        fprintf(stderr, "There is no memory for %zu bytes.\n", bytes);
        exit(1);
    }
    memset(memory, 0, bytes);
    return memory;
}

// Median seconds of one call; each sample repeats it for about five milliseconds.
#define TIME(samples, call)                                                      \
    ({                                                                           \
        double times[samples], elapsed = 0;                                      \
        long count = 1;                                                          \
        call;                                                                    \
        for (int s = -1; s < samples;) {                                         \
            double started = seconds();                                          \
            for (long repetition = 0; repetition < count; repetition++)          \
                call;                                                            \
            elapsed = seconds() - started;                                       \
            if (s < 0 && elapsed < 0.0025)                                       \
                count *= 2;                                                      \
            else if (s++ >= 0)                                                   \
                times[s - 1] = elapsed / count;                                  \
        }                                                                        \
        median(samples, times);                                                  \
    })

#define MEASURE(type, n, samples)                                                                        \
    {                                                                                                    \
        type *p = buffer(n * sizeof(type)), *g = buffer(n * sizeof(type));                               \
        type *a = buffer(n * sizeof(type)), *b = buffer(n * sizeof(type));                               \
        type *c = buffer(n * sizeof(type)), *d = buffer(n * sizeof(type));                               \
        for (long i = 0; i < n; i++) {                                                                   \
            p[i] = 1;                                                                                    \
            g[i] = (type)1e-3 * (i % 7);                                                                 \
        }                                                                                                \
        for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {                                      \
            memset(a, 0, n * sizeof(type));                                                              \
            memset(b, 0, n * sizeof(type));                                                              \
            memset(c, 0, n * sizeof(type));                                                              \
            memset(d, 0, n * sizeof(type));                                                              \
            double time = TIME(samples, rules[r].in_##type(n, p, g, a, b, c, d));                        \
            printf("%s/" #type "\t%ld\t%.6g\n", rules[r].name, n, time / n * 1e9);                       \
        }                                                                                                \
        free(p), free(g), free(a), free(b), free(c), free(d);                                            \
    }

// Eight accumulators of a cache line each.
static double sum(long n, const double *x)
{
    typedef double line __attribute__((vector_size(64)));
    line s[8] = {{0}};
    for (long i = 0; i + 64 <= n; i += 64)
        for (int k = 0; k < 8; k++)
            s[k] += *(const line *)(x + i + 8 * k);
    line total = s[0] + s[1] + (s[2] + s[3]) + (s[4] + s[5] + (s[6] + s[7]));
    double result = 0;
    for (int k = 0; k < 8; k++)
        result += total[k];
    for (long i = n / 64 * 64; i < n; i++)
        result += x[i];
    return result;
}

int main(int argc, char **argv)
{
    if (argc == 5 && strcmp(argv[1], "read") == 0) {
        long rows = atol(argv[2]), n = rows * atol(argv[3]);
        int samples = atoi(argv[4]);
        double *x = buffer(n * sizeof *x);
        for (long i = 0; i < n; i++)
            x[i] = i % 7;
        volatile double result;
        printf("read\t%ld\t%.6g\n", rows, 1e3 * TIME(samples, result = sum(n, x)));
        (void)result;
        return 0;
    }
    if (argc != 3) {
        fprintf(stderr, "usage: rules <parameters> <samples> | rules read <rows> <columns> <samples>\n");
        return 2;
    }
    long n = atol(argv[1]);
    int samples = atoi(argv[2]);
    MEASURE(double, n, samples)
    MEASURE(float, n, samples)
    return 0;
}
