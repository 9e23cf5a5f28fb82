using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Computes the eigenvalue of largest magnitude of a symmetric matrix from matrix–vector products.</summary>
internal static class PowerIteration
{
    private const int MaxCurvatureRounds = 50;
    private const double Accuracy = 0.005;

    /// <summary>
    /// Estimates the largest magnitude of an eigenvalue of the Hessian at a point; the result is a lower estimate. The iteration ends when
    /// a round changes the estimate by less than 0.5 %.
    /// </summary>
    /// <param name="objective">The objective.</param>
    /// <param name="at">The parameters to evaluate at.</param>
    /// <param name="maxRounds">The maximum number of rounds; each evaluates the objective once.</param>
    /// <returns>The estimate; NaN if the objective is not finite.</returns>
    public static double LargestCurvature(IObjective objective, ReadOnlySpan<double> at, int maxRounds = MaxCurvatureRounds)
    {
        double largest = double.NaN;
        Iterate(RandomStart(at.Length), maxRounds, new HessianProduct(objective, at).Multiply, (_, product) =>
        {
            double before = largest;
            largest = Reductions.Norm(product);
            return Math.Abs(largest - before) <= Accuracy * largest;
        });
        return largest;
    }

    /// <summary>Returns a vector of random numbers, the same for each call.</summary>
    public static double[] RandomStart(int length)
    {
        double[] start = new double[length];
        var random = new CounterRandom(seed: 0, stream: -3);
        for (int i = 0; i < start.Length; i++)
            start[i] = random.Symmetric(i);
        return start;
    }

    /// <summary>
    /// Returns the Rayleigh quotient vᵀAv of a positive semidefinite matrix A after a fixed number of rounds: a lower estimate of the
    /// largest eigenvalue. The number is fixed because a bound in probability depends on it.
    /// </summary>
    /// <param name="start">The first vector v, of any length.</param>
    /// <param name="rounds">The number of rounds.</param>
    /// <param name="multiply">The function that writes A·v to its second argument for the unit vector v, its first argument.</param>
    /// <returns>The quotient; 0 if A·v becomes 0, and infinity or NaN if it is not finite.</returns>
    public static double LargestEigenvalue(double[] start, int rounds, Action<double[], double[]> multiply)
    {
        double quotient = 0;
        double norm = Iterate(start, rounds, multiply, (vector, product) =>
        {
            quotient = Reductions.Dot(vector, product);
            return false;
        });
        return !double.IsFinite(norm) ? norm : norm > 0 ? quotient : 0;
    }

    /// <summary>
    /// Repeats v ← A·v/‖v‖ until <paramref name="isDone"/>, or until v is 0 or not finite. Returns the last norm of v before its division.
    /// </summary>
    private static double Iterate(double[] start, int rounds, Action<double[], double[]> multiply, Func<double[], double[], bool> isDone)
    {
        double[] vector = [.. start], product = new double[start.Length];
        double norm = double.NaN;
        for (int round = 0; round < rounds; round++)
        {
            norm = Reductions.Norm(vector);
            if (!(norm > 0) || !double.IsFinite(norm))
                break;
            Reductions.Divide(vector, norm);
            multiply(vector, product);
            if (isDone(vector, product))
                break;
            (vector, product) = (product, vector);
        }

        return norm;
    }
}
