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
    /// A margin smaller than this part of its terms counts as 0, so that features which were rounded on the way, as by standardising them, lie on the hyperplane that they were on. Where only so
    /// little stands against a separation, the minimum lies where the loss of the separated samples is as small: a hundredth of the tolerance on the gradient.
    /// </summary>
    private const double Rounding = 1e-12;

    private const double Independent = 1e-6; // of a form's length: less beside the others may be what rounding left
    private const double Nothing = 1e-9;
    private const int MostCoefficients = 2000; // the square of this is kept in memory

    private static readonly double _lossOfATie = Kernels.Elementary.Log(2);

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

    /// <summary>What is separated from what, in words; <see langword="null"/> if nothing is known to be.</summary>
    /// <param name="model">A fitted classifier.</param>
    /// <param name="data">What it was fitted to.</param>
    /// <param name="nameOf">What a class is called.</param>
    public static string? Describe(LinearModel model, Dataset data, Func<int, string> nameOf)
    {
        var margins = new ClassMargins(model, data);
        return Direction(margins, margins.DirectionOf(model)) is { } direction ? InWords(margins, direction, data, nameOf) : null;
    }

    private static double[]? Direction(ClassMargins margins, double[] fitted)
    {
        double[] direction = [.. fitted];
        (int Sample, int Other)[] rows = margins.ByPull(fitted);
        if (Separates(direction))
            return direction;
        if (direction.Length > MostCoefficients)
            return null;
        var span = new List<double[]>(); // orthonormal
        double nothing = Nothing * Norm(direction);
        foreach ((int sample, int other) in rows)
        {
            double[] form = margins.Form(sample, other);
            double length = Norm(form);
            TakeOff(form, span);
            double rest = Norm(form);
            if (rest <= Independent * length)
                continue;
            span.Add(Array.ConvertAll(form, entry => entry / rest));
            TakeOff(direction, span);
            if (Norm(direction) <= nothing)
                return null;
            if (Separates(direction))
                return direction;
        }

        return null;

        bool Separates(double[] candidate)
        {
            bool any = false;
            foreach ((int sample, int other) in rows)
            {
                (double margin, double terms) = margins.Of(sample, other, candidate);
                if (margin < -Rounding * terms)
                    return false;
                any |= margin > Rounding * terms;
            }

            return any;
        }
    }

    /// <summary>Twice, as the first time leaves what rounding made of it.</summary>
    private static void TakeOff(double[] vector, List<double[]> span)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (double[] unit in span)
            {
                double part = 0;
                for (int j = 0; j < vector.Length; j++)
                    part += unit[j] * vector[j];
                for (int j = 0; j < vector.Length; j++)
                    vector[j] -= part * unit[j];
            }
        }
    }

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(x => x * x));

    private static string InWords(ClassMargins margins, double[] direction, Dataset data, Func<int, string> nameOf)
    {
        int classes = margins.ClassCount, onIt = 0;
        bool[] isApart = new bool[classes], isInAll = new bool[classes]; // separated from all others; in every pair that is separated somewhere
        Array.Fill(isApart, true);
        Array.Fill(isInAll, true);
        for (int i = 0; i < margins.SampleCount; i++)
        {
            int own = margins.ClassOf(i);
            bool isOnIt = false;
            for (int k = 0; k < classes; k++)
            {
                if (k == own)
                    continue;
                (double margin, double terms) = margins.Of(i, k, direction);
                if (margin <= Rounding * terms)
                {
                    isApart[own] = isApart[k] = false;
                    isOnIt = true;
                    continue;
                }

                for (int c = 0; c < classes; c++)
                    isInAll[c] &= c == own || c == k;
            }

            onIt += isOnIt ? 1 : 0;
        }

        if (onIt == 0)
            return "hyperplanes separate all classes";
        int apart = Array.IndexOf(isApart, true), inAll = Array.IndexOf(isInAll, true);
        if (apart >= 0)
            return $"a hyperplane separates class {nameOf(apart)} from the others";

        double[] spreads = [.. Enumerable.Range(0, data.FeatureCount).Select(j => margins.SpreadOf(j, direction))];
        double least = Nothing * spreads.Max();
        string[] names = [.. data.FeatureNames.Where((_, j) => spreads[j] > least)];
        string who = names.Length == 1 ? $"feature {names[0]} alone separates" : $"features {ClassifierFitting.Listed(names)} together separate";
        string what = classes == 2 || inAll < 0 ? "the classes" : $"class {nameOf(inAll)} from the others";
        return Guard.Text($"{who} {what}, but for {Guard.Counted(onIt, "sample")} on the boundary");
    }
}
