using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>How strongly an objective bends.</summary>
internal static class PowerIteration
{
    private const int Iterations = 50;
    private const double Accuracy = 0.005;

    /// <summary>
    /// An estimate, from below, of the largest magnitude of the Hessian's eigenvalues at a point: power iteration, with Hessian times vector from a difference of gradients, which is exact up to
    /// rounding where the objective is quadratic. NaN where the objective is not finite.
    /// </summary>
    public static double LargestCurvature(IObjective objective, ReadOnlySpan<double> at)
    {
        double[] origin = at.ToArray(), here = new double[at.Length], there = new double[at.Length], direction = new double[at.Length], probe = new double[at.Length];
        var random = new CounterRandom(seed: 0, stream: -3);
        for (int i = 0; i < direction.Length; i++)
            direction[i] = random.Symmetric(i);
        objective.Evaluate(origin, here);
        double step = 1e-4 * Math.Max(1, Reductions.Norm(origin)), largest = double.NaN;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            double norm = Reductions.Norm(direction);
            if (!(norm > 0) || !double.IsFinite(norm))
                break;
            for (int i = 0; i < probe.Length; i++)
                probe[i] = origin[i] + step * (direction[i] / norm);
            objective.Evaluate(probe, there);
            for (int i = 0; i < direction.Length; i++)
                direction[i] = (there[i] - here[i]) / step;
            double before = largest;
            largest = Reductions.Norm(direction);
            if (Math.Abs(largest - before) <= Accuracy * largest)
                break;
        }

        return largest;
    }
}
