using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Whether hyperplanes separate classes, with samples on the hyperplanes allowed but for one at least. Cross-entropy has no minimum then: along the hyperplanes' normals it falls for ever.
/// </summary>
/// <remarks>
/// Coefficients D separate where every margin of <see cref="ClassMargins"/> is at least 0, and some are greater: Albert and Anderson, "On the existence of maximum likelihood estimates in logistic
/// regression models", Biometrika 71, 1984. Training finds D but for a part that the samples on the hyperplanes determine. Those go on pulling at the coefficients when the pull of all others has
/// faded, so the margins' forms are taken in the order of their pull: as soon as those taken span all that are 0 under D, the fitted coefficients without their part in that span are D. What is
/// returned has been checked against every sample: it holds for the data whatever training did. Where training has not gone far enough nothing is found.
/// </remarks>
internal static class Separation
{
    /// <summary>
    /// A margin smaller than this part of a standardised sample's length, by coefficients of length 1, counts as 0, so that features which were rounded on the way, as by standardising them, lie on the hyperplane that they were on. Where only so
    /// little stands against a separation, the minimum lies where the loss of the separated samples is as small: a hundredth of the tolerance on the gradient.
    /// </summary>
    private const double Rounding = 1e-12;

    private const double Independent = 1e-6; // of a form's length: less beside the others may be what rounding left
    private const double Nothing = 1e-9;
    private const int MaxCoefficients = 2000; // the square of this is kept in memory

    private static readonly double _lossOfATie = Elementary.Log(2);

    /// <summary>
    /// A mean loss below which the classes are separated: a sample that is not on its class's side has probability ½ or less, so a loss of ln 2 or more, and one such sample alone
    /// makes the mean larger than this.
    /// </summary>
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

    /// <summary>Whether a linear classifier's parameters put every sample on its class's side, none on a hyperplane.</summary>
    /// <param name="model">The classifier.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="data">Samples about 1 in size, so that what rounding makes of a score is small beside the parameters.</param>
    public static bool IsProvenBy(IModel model, ReadOnlySpan<double> parameters, Dataset data)
    {
        int outputs = model.OutputCount;
        double[] scores = new double[data.SampleCount * outputs];
        ModelEvaluation.Score(model, parameters, data, scores);
        double nothing = Nothing * Reductions.Norm(parameters);
        for (int i = 0; i < data.SampleCount; i++)
        {
            int own = (int)data.Targets(i)[0];
            for (int k = 0; k < Math.Max(2, outputs) && data.Weight(i) > 0; k++)
            {
                double margin = outputs == 1 ? (own - k) * scores[i] : scores[i * outputs + own] - scores[i * outputs + k];
                if (k != own && !(margin > nothing))
                    return false;
            }
        }

        return true;
    }

    /// <summary>What is separated from what, in words; <see langword="null"/> if nothing is known to be.</summary>
    /// <param name="model">A fitted classifier.</param>
    /// <param name="data">What it was fitted to.</param>
    /// <param name="nameOf">What a class is called.</param>
    public static string? Describe(LinearModel model, Dataset data, Func<int, string> nameOf)
    {
        var margins = new ClassMargins(model, data);
        return Direction(margins, margins.DirectionOf(model)) is { } direction ? InWords(margins, direction, data, nameOf) : null;
    }

    /// <summary>Coefficients of length 1 that separate, if any are found.</summary>
    private static double[]? Direction(ClassMargins margins, double[] fitted)
    {
        bool isLarge = fitted.Length > MaxCoefficients;
        (int Sample, int Other)[] byPull = isLarge ? [] : [.. margins.ByPull(fitted)];
        double[] left = [.. fitted];
        double nothing = Nothing * Reductions.Norm(fitted);
        var span = new List<double[]>(); // orthonormal
        int next = 0;
        while (Reductions.Norm(left) > nothing)
        {
            double[] direction = Unit(left);
            if (Separates(margins, isLarge ? margins.Pairs() : byPull, direction))
                return direction;
            double[]? form = null;
            while (form is null && next < byPull.Length)
            {
                form = Beside(span, margins.Form(byPull[next].Sample, byPull[next].Other));
                next++;
            }

            if (form is null)
                return null;
            span.Add(form);
            TakeOff(left, span);
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

    /// <summary>The direction of a form's part beside the span; <see langword="null"/> if there is none.</summary>
    private static double[]? Beside(List<double[]> span, double[] form)
    {
        double length = Reductions.Norm(form);
        TakeOff(form, span);
        return Reductions.Norm(form) > Independent * length ? Unit(form) : null;
    }

    /// <summary>Twice, as the first time leaves what rounding made of it.</summary>
    private static void TakeOff(double[] vector, List<double[]> span)
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

    private static string InWords(ClassMargins margins, double[] direction, Dataset data, Func<int, string> nameOf)
    {
        int[] classes = [.. Enumerable.Range(0, margins.ClassCount)];
        bool[,] isSeparated = new bool[classes.Length, classes.Length]; // by a sample at least
        for (int i = 0; i < margins.SampleCount; i++)
        {
            int own = margins.ClassOf(i);
            foreach (int k in classes.Where(k => k != own && IsOnItsSide(i, k)))
                isSeparated[own, k] = isSeparated[k, own] = true;
        }

        int onBoundary = Enumerable.Range(0, margins.SampleCount).Count(i => classes.Any(k => isSeparated[margins.ClassOf(i), k] && !IsOnItsSide(i, k)));
        bool isForAll = classes.All(c => classes.All(k => k == c || isSeparated[c, k]));
        int apart = Array.FindIndex(classes, c => classes.All(k => k == c || isSeparated[c, k]) && classes.All(a => a == c || classes.All(b => b == c || !isSeparated[a, b])));
        string what = apart >= 0 && !isForAll ? $"class {nameOf(apart)} from the others" : isForAll ? "the classes" : "some classes from others";
        if (onBoundary == 0)
            return isForAll ? "hyperplanes separate all classes" : apart >= 0 ? $"a hyperplane separates {what}" : $"hyperplanes separate {what}";

        double[] spreads = [.. Enumerable.Range(0, data.FeatureCount).Select(j => margins.SpreadOf(j, direction))];
        double least = Nothing * spreads.Max();
        string[] names = [.. data.FeatureNames.Where((_, j) => spreads[j] > least)];
        string who = names.Length == 1 ? $"feature {names[0]} alone separates" : $"features {Format.List(names)} together separate";
        return Format.Text($"{who} {what}, but for {Format.Count(onBoundary, "sample")} on the boundary");

        bool IsOnItsSide(int sample, int other) => margins.Of(sample, other, direction) is var (margin, length) && margin > Rounding * length;
    }
}
