using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Tells a minimum from a saddle point, where the gradient is 0 too.</summary>
/// <remarks>
/// A run that starts on a ridge stays on it, and ends at the saddle as if it were a minimum. A few gradients, a fifth of the run's steps at
/// most, find the direction of least curvature by power iteration on λ − H. Values decide: the hint is given only if the loss is lower at
/// three distances, each 4 times the other, on both sides by amounts that grow as the square to the fourth power of the distance, or on
/// one side as the cube, so that noise and distant valleys do not count. Near a minimum a convex function falls at most in proportion to
/// the distance. No hint is no proof of a minimum.
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
        if (!double.IsFinite(shift))
            return null;
        var hessian = new HessianProduct(objective, at, relativeStep: 1e-5);
        double[] start = PowerIteration.RandomStart(at.Length);
        double length = Reductions.Norm(start);
        for (int i = 0; i < start.Length; i++)
            direction[i] = start[i] / length;
        if (shift > 0)
        {
            PowerIteration.LargestEigenvalue(start, gradients - curvatureRounds, (vector, product) =>
            {
                hessian.Multiply(vector, product);
                for (int i = 0; i < product.Length; i++)
                    product[i] = shift * vector[i] - sign * product[i];
                vector.CopyTo(direction, 0);
            });
        }

        double here = Value(0), noise = 64 * (double.BitIncrement(Math.Abs(here)) - Math.Abs(here));
        foreach (double relative in (ReadOnlySpan<double>)[1e-2, 1e-3, 1e-4, 1e-5])
        {
            double step = relative * Math.Max(1, Reductions.Norm(origin)), above = Change(step), below = Change(-step);
            if (above < -noise && below < -noise)
            {
                if (GrowsBetween(12, 600, above + below, distance => Change(distance) + Change(-distance)))
                    return Text(onBothSides: true);
            }
            else if (Math.Min(above, below) < -noise)
            {
                double side = above < below ? 1 : -1;
                if (GrowsBetween(30, 130, Math.Min(above, below), distance => Change(side * distance)))
                    return Text(onBothSides: false);
            }

            // 4² and 4⁴ on both sides, 4³ on one; the point is only near the saddle
            bool GrowsBetween(double low, double high, double far, Func<double, double> change)
            {
                double near = change(step / 4), nearest = change(step / 16);
                return near < -noise && nearest < -noise && IsBetween(far / near) && IsBetween(near / nearest);

                bool IsBetween(double ratio) => ratio > low && ratio < high;
            }
        }

        return null;

        double Change(double distance) => Value(distance) - here;

        double Value(double distance)
        {
            double[] point = [.. origin.Zip(direction, (x, v) => x + distance * v)];
            return sign * objective.Evaluate(point, []);
        }

        string Text(bool onBothSides)
        {
            int largest = Reductions.IndexOfMax([.. direction.Select(Math.Abs)]);
            (string better, string other, string wanted) = maximize ? ("higher", "minimum", "maximum") : ("lower", "maximum", "minimum");
            if (!onBothSides)
            {
                return Format.Text($"The gradient is nearly 0, but the loss is {better} on one side, most of all along coordinate " +
                    $"{largest}, and not by chance: this is not a {wanted}. Start elsewhere.");
            }
            return Format.Text($"The gradient is nearly 0, but the loss is {better} on both sides, most of all along coordinate " +
                $"{largest}: this is a saddle point or a {other}, not a {wanted}. Start elsewhere.");
        }
    }
}
