using GradientDescent.Numerics;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Minimises a quadratic model plus an elastic net by cyclic coordinate descent.</summary>
/// <remarks>
/// <code>
/// wⱼ ← S(slopeⱼ + hⱼwⱼ, a)/(hⱼ + b)       S(z, a) = sign(z)·max(|z| − a, 0)
/// </code>
/// Friedman, Hastie and Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent", 2010, eq. (5). Where the
/// matrix is known, every tenth sweep is followed by a Newton step in the weights that are not 0, as far as no sign changes: correlated
/// columns, on which coordinate descent is slow, are solved directly once the signs are right.
/// </remarks>
internal static class CoordinateDescent
{
    private const int SweepsPerNewtonStep = 10;

    /// <summary>Moves the weights until a sweep changes the model by no more than a tolerance, or the sweeps are used up.</summary>
    public static void Run(QuadraticModel model, Span<double> weights, ElasticNet penalty, double tolerance, int maxSweeps)
    {
        for (int sweep = 1; sweep <= maxSweeps; sweep++)
        {
            double change = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                double curvature = model.Curvatures[j];
                if (curvature == 0)
                    continue;
                double target = penalty.Minimize(model.Slope(j) + curvature * weights[j], curvature), step = target - weights[j];
                if (step == 0)
                    continue;
                model.Move(j, step);
                weights[j] = target;
                change += (curvature + penalty.L2) * step * step;
            }

            if (change <= tolerance)
                return;
            if (sweep % SweepsPerNewtonStep == 0 && model.Matrix is { } matrix)
                NewtonStep(model, matrix, weights, penalty);
        }
    }

    private static void NewtonStep(QuadraticModel model, double[][] matrix, Span<double> weights, ElasticNet penalty)
    {
        List<int> support = [];
        for (int j = 0; j < weights.Length; j++)
        {
            if (weights[j] != 0)
                support.Add(j);
        }

        double[][] rows = [.. support.Select(_ => new double[support.Count])];
        double[] step = new double[support.Count];
        for (int i = 0; i < support.Count; i++)
        {
            int j = support[i];
            for (int k = i; k < support.Count; k++)
                rows[i][k] = matrix[j][support[k]];
            rows[i][i] += penalty.L2;
            step[i] = model.Slope(j) - penalty.L2 * weights[j] - penalty.L1 * Math.Sign(weights[j]);
        }

        (double[][] triangle, int[] basis, _) = Cholesky.Factorize(rows);
        if (basis.Length < support.Count)
            return; // dependent columns have no Newton step
        SolveInPlace(triangle, step);

        double length = 1;
        int first = -1;
        for (int i = 0; i < step.Length; i++)
        {
            double weight = weights[support[i]], toZero = -weight / step[i];
            if (penalty.L1 > 0 && toZero > 0 && toZero < length)
                (length, first) = (toZero, i);
        }

        for (int i = 0; i < step.Length; i++)
        {
            int j = support[i];
            double target = i == first ? 0 : weights[j] + length * step[i];
            model.Move(j, target - weights[j]);
            weights[j] = target;
        }
    }

    /// <summary>Solves RᵀRx = b.</summary>
    private static void SolveInPlace(double[][] triangle, Span<double> b)
    {
        for (int i = 0; i < b.Length; i++)
        {
            b[i] /= triangle[i][i];
            Reductions.AddScaled<double>(b[(i + 1)..], -b[i], triangle[i].AsSpan(i + 1));
        }

        for (int i = b.Length - 1; i >= 0; i--)
            b[i] = (b[i] - Reductions.Dot<double, double>(b[(i + 1)..], triangle[i].AsSpan(i + 1))) / triangle[i][i];
    }
}
