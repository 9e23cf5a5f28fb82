using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Tells a minimum from a saddle point, where the gradient is 0 too.</summary>
/// <remarks>
/// A run that starts on a ridge stays on it, and ends at the saddle as if it were a minimum. A few gradients, a fifth of the run's steps at
/// most, find the direction of least curvature by power iteration on λ − H. Values decide: the hint is given only if the loss is lower on
/// both sides, at two distances, by amounts in the proportion of a parabola, so that noise and distant valleys do not count. No hint is no
/// proof of a minimum.
/// </remarks>
internal static class SaddleHint
{
    private const int MinGradients = 8;
    private const int MaxGradients = 60;

    /// <summary>Returns the hint; <see langword="null"/> if no better side was found.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="at">A point where the gradient is nearly 0.</param>
    /// <param name="maximize">Whether the objective was maximised.</param>
    /// <param name="steps">The number of steps of the run; the hint takes a fifth as many gradients, from 8 to 60.</param>
    public static string? Of(IObjective objective, ReadOnlySpan<double> at, bool maximize, long steps)
    {
        try
        {
            return Search(objective, at, maximize, (int)Math.Clamp(steps / 5, MinGradients, MaxGradients));
        }
        catch (Exception) // of an objective that cannot be evaluated near the point: the run has its result without the hint
        {
            return null;
        }
    }

    private static string? Search(IObjective objective, ReadOnlySpan<double> at, bool maximize, int gradients)
    {
        double sign = maximize ? -1 : 1;
        double[] origin = at.ToArray(), direction = new double[at.Length];
        int curvatureRounds = gradients / 3;
        double shift = 1.1 * PowerIteration.LargestCurvature(objective, at, curvatureRounds);
        if (!(shift > 0) || !double.IsFinite(shift))
            return null;
        var hessian = new HessianProduct(objective, at, relativeStep: 1e-5);
        PowerIteration.LargestEigenvalue(PowerIteration.RandomStart(at.Length), gradients - curvatureRounds, (vector, product) =>
        {
            hessian.Multiply(vector, product);
            for (int i = 0; i < product.Length; i++)
                product[i] = shift * vector[i] - sign * product[i];
            vector.CopyTo(direction, 0);
        });

        double here = Value(0), noise = 64 * (double.BitIncrement(Math.Abs(here)) - Math.Abs(here));
        foreach (double relative in (ReadOnlySpan<double>)[1e-2, 1e-3, 1e-4, 1e-5])
        {
            if (IsLowerOnBothSides(relative * Math.Max(1, Reductions.Norm(origin))))
                return Text();
        }

        return null;

        bool IsLowerOnBothSides(double step)
        {
            double above = Value(step) - here, below = above < -noise ? Value(-step) - here : 0;
            if (!(below < -noise))
                return false;
            double near = Value(step / 4) + Value(-step / 4) - 2 * here;
            return near < -noise && (above + below) / near is > 12 and < 20; // 16, for a parabola
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
            return Format.Text($"The gradient is nearly 0, but the loss is {better} on both sides, most of all along coordinate " +
                $"{largest}: this is a saddle point or a {other}, not a {wanted}. Start elsewhere.");
        }
    }
}
