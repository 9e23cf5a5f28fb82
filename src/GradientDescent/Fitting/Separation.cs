using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Determines whether hyperplanes separate classes. Some samples may be on the hyperplanes, but not all. If classes are separated,
/// cross-entropy has no minimum: it decreases without end along the normals of the hyperplanes.
/// </summary>
/// <remarks>
/// Coefficients D separate the classes if every margin of <see cref="ClassMargins"/> is at least 0 and at least one is greater: Albert and
/// Anderson, "On the existence of maximum likelihood estimates in logistic regression models", Biometrika 71, 1984. Training finds the sum
/// of D and a part that the samples on the hyperplanes determine. Late in training, almost all of the gradient comes from these samples,
/// because the loss of all others is close to 0. So the forms of the margins are added to a subspace in the order of their gradients. When
/// the subspace contains every form that is 0 at D, the fitted coefficients minus their projection on it are D. A result is checked against
/// every sample, so it is true for the data even if training failed. If training was too short, no result is found.
/// </remarks>
internal static class Separation
{
    /// <summary>
    /// With coefficients of length 1, a margin smaller than this share of the length of a standardised sample counts as 0. So samples stay
    /// on a hyperplane although their features were rounded, for example when they were standardised. If only margins below this size
    /// prevent a separation, the loss of the separated samples at the minimum is equally small: a hundredth of the tolerance on the
    /// gradient.
    /// </summary>
    private const double Rounding = 1e-12;

    // If the part of a form that is orthogonal to the others is below this share of the form's length, it may be a rounding error only.
    private const double Independent = 1e-6;
    private const double Negligible = 1e-9;
    private const int SamplesPerProof = 1024;

    private const int MaxCoefficients = 2000; // memory is the square of this

    private static readonly double _lossOfATie = Elementary.Log(2);

    /// <summary>
    /// Returns a mean loss below which the classes are certainly separated. The class of a sample that is not on the side of its class has
    /// a probability of at most ½, so the loss of the sample is at least ln 2, and one such sample makes the mean larger than this value.
    /// </summary>
    /// <param name="data">The samples.</param>
    public static double LossThatProvesIt(Dataset data)
    {
        double total = 0, least = double.PositiveInfinity;
        for (int i = 0; i < data.SampleCount; i++)
        {
            double weight = data.Weight(i);
            total += weight;
            if (weight > 0)
                least = Math.Min(least, weight);
        }

        return 0.5 * _lossOfATie * (least / total);
    }

    /// <summary>Whether the parameters of a linear classifier put every sample on the side of its class and none on a hyperplane.</summary>
    /// <param name="model">The classifier.</param>
    /// <param name="parameters">The parameters of the classifier.</param>
    /// <param name="data">
    /// Samples whose features are about 1 in size, so that the rounding error of a score is small compared with the parameters.
    /// </param>
    public static bool IsProvenBy(IModel model, ReadOnlySpan<double> parameters, Dataset data)
    {
        int outputs = model.OutputCount;
        double[] scores = new double[Math.Min(data.SampleCount, SamplesPerProof) * outputs];
        double negligible = Negligible * Reductions.Norm(parameters);
        for (int start = 0; start < data.SampleCount; start += SamplesPerProof) // most data has a sample on the wrong side near the start
        {
            Span<double> part = scores.AsSpan(0, Math.Min(SamplesPerProof, data.SampleCount - start) * outputs);
            ModelEvaluation.Score(model, parameters, data, part, start);
            for (int i = 0; i < part.Length / outputs; i++)
            {
                int own = (int)data.Targets(start + i)[0];
                for (int k = 0; k < Math.Max(2, outputs) && data.Weight(start + i) > 0; k++)
                {
                    double margin = outputs == 1 ? (own - k) * part[i] : part[i * outputs + own] - part[i * outputs + k];
                    if (k != own && !(margin > negligible))
                        return false;
                }
            }
        }

        return true;
    }

    /// <summary>Describes which classes are separated; <see langword="null"/> if no separation was found.</summary>
    /// <param name="model">A fitted classifier.</param>
    /// <param name="data">The data of the fit.</param>
    /// <param name="nameOf">Returns the name of a class.</param>
    public static string? Describe(LinearModel model, Dataset data, Func<int, string> nameOf)
    {
        var margins = new ClassMargins(model, data);
        return Direction(margins, margins.DirectionOf(model)) is { } direction ? DescribeDirection(margins, direction, data, nameOf) : null;
    }

    /// <summary>Returns coefficients of length 1 that separate the classes; <see langword="null"/> if none are found.</summary>
    private static double[]? Direction(ClassMargins margins, double[] fitted)
    {
        bool isLarge = fitted.Length > MaxCoefficients;
        (int Sample, int Other)[] byGradient = isLarge ? [] : margins.ByGradient(fitted);
        double[] left = [.. fitted];
        double negligible = Negligible * Reductions.Norm(fitted);
        var span = new List<double[]>(); // orthonormal
        int next = 0;
        while (Reductions.Norm(left) > negligible)
        {
            double[] direction = Unit(left);
            if (Separates(margins, isLarge ? margins.Pairs() : byGradient, direction))
                return direction;
            double[]? form = null;
            while (form is null && next < byGradient.Length)
            {
                form = OrthogonalPart(span, margins.Form(byGradient[next].Sample, byGradient[next].Other));
                next++;
            }

            if (form is null)
                return null;
            span.Add(form);
            SubtractProjection(left, span);
        }

        return null;
    }

    private static bool Separates(ClassMargins margins, IEnumerable<(int Sample, int Other)> pairs, double[] direction)
    {
        bool any = false;
        foreach ((int sample, int other) in pairs)
        {
            (double margin, double length) = margins.Of(sample, other, direction);
            if (margin < -Rounding * length)
                return false;
            any |= margin > Rounding * length;
        }

        return any;
    }

    /// <summary>
    /// Returns the part of a form that is orthogonal to the span, with length 1; <see langword="null"/> if it is only rounding.
    /// </summary>
    private static double[]? OrthogonalPart(List<double[]> span, double[] form)
    {
        double length = Reductions.Norm(form);
        SubtractProjection(form, span);
        return Reductions.Norm(form) > Independent * length ? Unit(form) : null;
    }

    /// <summary>
    /// Subtracts the projection on the span. Gram-Schmidt is run twice so that the result is orthogonal to within rounding.
    /// </summary>
    private static void SubtractProjection(double[] vector, List<double[]> span)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (double[] unit in span)
            {
                double part = Reductions.Dot(unit, vector);
                for (int j = 0; j < vector.Length; j++)
                    vector[j] -= part * unit[j];
            }
        }
    }

    private static double[] Unit(double[] vector)
    {
        double length = Reductions.Norm(vector);
        return Array.ConvertAll(vector, entry => entry / length);
    }

    private static string DescribeDirection(ClassMargins margins, double[] direction, Dataset data, Func<int, string> nameOf)
    {
        int[] classes = [.. Enumerable.Range(0, margins.ClassCount)];
        bool[,] isSeparated = new bool[classes.Length, classes.Length]; // for at least one sample
        for (int i = 0; i < margins.SampleCount; i++)
        {
            int own = margins.ClassOf(i);
            foreach (int k in classes.Where(k => k != own && IsOnItsSide(i, k)))
                isSeparated[own, k] = isSeparated[k, own] = true;
        }

        int onBoundary = Enumerable.Range(0, margins.SampleCount).Count(IsOnBoundary);
        bool isForAll = classes.All(IsSeparatedFromAll);
        int apart = Array.FindIndex(classes, c => IsSeparatedFromAll(c) && !IsAnySeparatedWithout(c));
        string what = isForAll ? "the classes" : apart >= 0 ? $"class {nameOf(apart)} from the others" : "some classes from others";
        if (onBoundary == 0)
        {
            return isForAll ? "hyperplanes separate all classes"
                : apart >= 0 ? $"a hyperplane separates {what}"
                : $"hyperplanes separate {what}";
        }

        double[] spreads = [.. Enumerable.Range(0, data.FeatureCount).Select(j => margins.SpreadOf(j, direction))];
        double least = Negligible * spreads.Max();
        string[] names = [.. data.FeatureNames.Where((_, j) => spreads[j] > least)];
        string who = names.Length == 1 ? $"feature {names[0]} alone separates" : $"features {Format.List(names)} together separate";
        return Format.Text($"{who} {what}, but for {Format.Count(onBoundary, "sample")} on the boundary");

        bool IsOnItsSide(int sample, int other)
        {
            (double margin, double length) = margins.Of(sample, other, direction);
            return margin > Rounding * length;
        }

        bool IsOnBoundary(int sample) => classes.Any(k => isSeparated[margins.ClassOf(sample), k] && !IsOnItsSide(sample, k));

        bool IsSeparatedFromAll(int c) => classes.All(k => k == c || isSeparated[c, k]);

        bool IsAnySeparatedWithout(int c) => classes.Any(a => a != c && classes.Any(b => b != c && isSeparated[a, b]));
    }
}
