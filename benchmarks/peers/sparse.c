/* Epochs of a logistic regression on sparse rows, one sample a step. Arguments: rows, columns, numbers in a row, sgd|adagrad|ftrl,
   Sequential|Shuffled. Prints the median of three epochs in seconds. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t state = 1;

static double uniform(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int argc, char **argv)
{
    if (argc < 6)
        return 2;
    int rows = atoi(argv[1]), columns = atoi(argv[2]), per_row = atoi(argv[3]), shuffled = argv[5][1] == 'h';
    char rule = argv[4][0];
    size_t count = (size_t)rows * per_row;
    int *place = malloc(count * sizeof *place), *order = malloc(rows * sizeof *order);
    double *value = malloc(count * sizeof *value), *target = malloc(rows * sizeof *target), *normal = malloc(columns * sizeof *normal);
    double *w = malloc((columns + 1) * sizeof *w), *n = malloc((columns + 1) * sizeof *n), *z = malloc((columns + 1) * sizeof *z);
    for (int j = 0; j < columns; j++)
        normal[j] = 2 * uniform() - 1;
    for (int i = 0; i < rows; i++) {
        double score = 0;
        for (int k = 0; k < per_row; k++) {
            size_t at = (size_t)i * per_row + k;
            place[at] = (int)((int64_t)k * columns / per_row) + (int)(uniform() * (columns / per_row));
            value[at] = 1;
            score += normal[place[at]];
        }
        target[i] = score > 0;
        order[i] = i;
    }
    for (int i = rows - 1; shuffled && i > 0; i--) {
        int j = (int)(uniform() * (i + 1)), swap = order[i];
        order[i] = order[j];
        order[j] = swap;
    }

    double times[3], loss = 0;
    for (int round = 0; round < 3; round++) {
        memset(w, 0, (columns + 1) * sizeof *w);
        memset(n, 0, (columns + 1) * sizeof *n);
        memset(z, 0, (columns + 1) * sizeof *z);
        double start = seconds();
        for (int i = 0; i < rows; i++) {
            size_t begin = (size_t)order[i] * per_row, end = begin + per_row;
            double score = w[columns];
            for (size_t k = begin; k < end; k++)
                score += value[k] * w[place[k]];
            double y = target[order[i]], margin = y > 0 ? -score : score;
            loss += margin > 0 ? margin + log1p(exp(-margin)) : log1p(exp(margin));
            double slope = 1 / (1 + exp(-score)) - y;
            for (size_t k = begin; k <= end; k++) {
                int j = k < end ? place[k] : columns;
                double g = slope * (k < end ? value[k] : 1);
                if (rule == 's') {
                    w[j] -= 0.05 * g;
                } else if (rule == 'a') {
                    n[j] += g * g;
                    w[j] -= 0.1 * g / (sqrt(n[j]) + 1e-10);
                } else {
                    double before = sqrt(n[j]);
                    n[j] += g * g;
                    double root = sqrt(n[j]);
                    z[j] += g - (root - before) / 0.1 * w[j];
                    w[j] = fabs(z[j]) <= 0.1 ? 0 : -(z[j] - copysign(0.1, z[j])) / ((1 + root) / 0.1);
                }
            }
        }
        times[round] = seconds() - start;
    }

    double low = fmin(fmin(times[0], times[1]), times[2]), high = fmax(fmax(times[0], times[1]), times[2]);
    printf("%.3f\n", times[0] + times[1] + times[2] - low - high);
    return loss > 0 ? 0 : 1;
}
