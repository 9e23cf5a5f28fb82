namespace GradientDescent;

/// <summary>Minimises a quadratic model plus an elastic net by cyclic coordinate descent.</summary>
/// <remarks>
/// <code>
/// wⱼ ← S(slopeⱼ + hⱼwⱼ, a)/(hⱼ + b)       S(z, a) = sign(z)·max(|z| − a, 0)
/// </code>
/// Friedman, Hastie and Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent", 2010, eq. (5). A Newton
/// step in the weights that are not 0 follows every tenth sweep; it ends where the first sign changes. So correlated columns, on which
/// coordinate descent is slow, are solved directly once the signs are right.
/// </remarks>
internal static class CoordinateDescent
{
    private const int SweepsPerNewtonStep = 10;

    /// <summary>Moves the weights until a sweep changes the model by no more than a tolerance, or the sweeps end.</summary>
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
            if (sweep % SweepsPerNewtonStep == 0)
                NewtonStep(model, weights, penalty);
        }
    }

    private static void NewtonStep(QuadraticModel model, Span<double> weights, ElasticNet penalty)
    {
        List<int> nonzero = [];
        for (int j = 0; j < weights.Length; j++)
        {
            if (weights[j] != 0)
                nonzero.Add(j);
        }

        int[] support = [.. nonzero];
        double[] step = new double[support.Length];
        for (int i = 0; i < support.Length; i++)
        {
            double weight = weights[support[i]];
            step[i] = model.Slope(support[i]) - penalty.L2 * weight - penalty.L1 * Math.Sign(weight);
        }

        if (!model.TrySolve(support, penalty.L2, step))
            return;
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
}
