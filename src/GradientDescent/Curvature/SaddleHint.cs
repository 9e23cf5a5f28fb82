using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Tells a minimum from a saddle point, where the gradient is 0 too.</summary>
/// <remarks>
/// A run that starts on a ridge stays on it, and ends at the saddle as if it were a minimum. At most about 80 gradients find the direction
/// of least curvature, by power iteration on λ − H. Values decide: the hint is given only if the loss is lower on both sides, at two
/// distances, by amounts in the proportion of a parabola, so that noise and distant valleys do not count. No hint is no proof of a minimum.
/// </remarks>
internal static class SaddleHint
{
    private const int FewestRounds = 10, MostRounds = 30;

    /// <summary>Returns the hint; <see langword="null"/> if no better side was found.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="at">A point where the gradient is nearly 0.</param>
    /// <param name="maximize">Whether the objective was maximised.</param>
    /// <param name="steps">The number of steps of the run; the hint takes about as many evaluations at most.</param>
    public static string? Of(IObjective objective, ReadOnlySpan<double> at, bool maximize, long steps)
    {
        try
        {
            return Search(objective, at, maximize, (int)Math.Clamp(steps, FewestRounds, MostRounds));
        }
        catch (Exception) // of an objective that cannot be evaluated near the point: the run has its result without the hint
        {
            return null;
        }
    }

    private static string? Search(IObjective objective, ReadOnlySpan<double> at, bool maximize, int rounds)
    {
        double sign = maximize ? -1 : 1;
        double[] origin = at.ToArray(), direction = new double[at.Length];
        double shift = 1.1 * PowerIteration.LargestCurvature(objective, at);
        if (!(shift > 0) || !double.IsFinite(shift))
            return null;
        Action<double[], double[]> timesHessian = PowerIteration.TimesHessian(objective, at, relativeStep: 1e-5);
        PowerIteration.LargestEigenvalue(PowerIteration.RandomStart(at.Length), rounds, (vector, product) =>
        {
            timesHessian(vector, product);
            for (int i = 0; i < product.Length; i++)
                product[i] = shift * vector[i] - sign * product[i];
            vector.CopyTo(direction, 0);
        });

        foreach (double relative in (ReadOnlySpan<double>)[1e-2, 1e-3, 1e-4, 1e-5])
        {
            if (IsLowerOnBothSides(relative * Math.Max(1, Reductions.Norm(origin))))
                return Text();
        }
        return null;

        bool IsLowerOnBothSides(double step)
        {
            double here = Value(0), noise = 64 * double.BitIncrement(Math.Abs(here)) - 64 * Math.Abs(here);
            double above = Value(step) - here, below = Value(-step) - here, near = Value(step / 4) + Value(-step / 4) - 2 * here;
            double ratio = (above + below) / near;
            return above < -noise && below < -noise && near < -noise && ratio is > 12 and < 20; // 16, for a parabola
        }

        double Value(double distance)
        {
            double[] point = [.. origin.Zip(direction, (x, v) => x + distance * v)];
            return sign * objective.Evaluate(point, []);
        }

        string Text()
        {
            int largest = Reductions.IndexOfMax([.. direction.Select(Math.Abs)]);
            (string better, string other, string wanted) = maximize ? ("higher", "minimum", "maximum") : ("lower", "maximum", "minimum");
            return Format.Text(
                $"The gradient is nearly 0, but the loss is {better} on both sides, most of all along coordinate {largest}: ") +
                $"this is a saddle point or a {other}, not a {wanted}. Start elsewhere.";
        }
    }
}
