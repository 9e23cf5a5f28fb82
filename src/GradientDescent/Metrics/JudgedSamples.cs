namespace GradientDescent;

/// <summary>The probabilities of each class for samples whose class is known. Every check of these numbers is here.</summary>
internal sealed class JudgedSamples
{
    private const int MaxClasses = 4096; // a confusion matrix of 128 MB
    private const double SumTolerance = 1e-4; // probabilities may come from single precision

    private JudgedSamples(double[] probabilities, int[] classes, double[]? weights, int classCount)
    {
        (Probabilities, Classes, ClassCount) = (probabilities, classes, classCount);
        Weights = weights;
        if (weights is null)
        {
            TotalWeight = classes.Length;
            return;
        }

        foreach (double weight in weights)
        {
            TotalWeight += weight;
            IsWeighted |= weight is not (0 or 1);
        }
    }

    /// <summary>One number for each class, sample after sample.</summary>
    public double[] Probabilities { get; }

    public int[] Classes { get; }

    /// <summary>The weight of each sample; <see langword="null"/> if all are 1.</summary>
    public double[]? Weights { get; }

    public int ClassCount { get; }

    public int SampleCount => Classes.Length;

    public double TotalWeight { get; }

    /// <summary>Whether a weight is neither 0, which leaves a sample out, nor 1.</summary>
    public bool IsWeighted { get; }

    public double Weight(int sample) => Weights is null ? 1 : Weights[sample];

    public double Probability(int sample, int index) => Probabilities[sample * ClassCount + index];

    /// <exception cref="ArgumentException">An argument is invalid; the message names it, its value and what is allowed.</exception>
    public static JudgedSamples Binary(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes, double[]? weights)
    {
        RequireCount(probabilities.Length, outcomes.Length, nameof(outcomes));
        double[] both = new double[2 * probabilities.Length];
        int[] classes = new int[probabilities.Length];
        for (int i = 0; i < classes.Length; i++)
        {
            double probability = probabilities[i];
            if (!(probability >= 0 && probability <= 1))
                throw Guard.Invalid(nameof(probabilities), $"probabilities[{i}] is {probability}: it must be from 0 to 1.");
            (both[2 * i], both[2 * i + 1]) = (1 - probability, probability);
            classes[i] = outcomes[i] ? 1 : 0;
        }

        return new(both, classes, Checked(weights, classes.Length), 2);
    }

    /// <inheritdoc cref="Binary"/>
    public static JudgedSamples Of(double[][] probabilities, ReadOnlySpan<int> classes, double[]? weights)
    {
        RequireCount(probabilities.Length, classes.Length, nameof(classes));
        int k = Guard.NotNull(probabilities[0], "probabilities[0]").Length;
        if (k is < 2 or > MaxClasses)
            throw Guard.Invalid(nameof(probabilities), $"probabilities[0] has {k} numbers: it must have from 2 to {MaxClasses}.");
        double[] all = new double[probabilities.Length * k];
        for (int i = 0; i < probabilities.Length; i++)
        {
            double[] row = Guard.NotNull(probabilities[i], Format.Text($"probabilities[{i}]"));
            if (row.Length != k)
                throw Guard.Invalid(nameof(probabilities), $"probabilities[{i}] has {row.Length} numbers: it must have {k}, as the first.");
            double sum = 0;
            for (int j = 0; j < k; j++)
            {
                if (!(row[j] >= 0 && row[j] <= 1))
                    throw Guard.Invalid(nameof(probabilities), $"probabilities[{i}][{j}] is {row[j]}: it must be from 0 to 1.");
                sum += row[j];
            }

            if (Math.Abs(sum - 1) > SumTolerance)
                throw Guard.Invalid(nameof(probabilities), $"The sum of probabilities[{i}] is {sum}: it must be 1, within {SumTolerance}.");
            row.CopyTo(all, i * k);
            if ((uint)classes[i] >= (uint)k)
                throw Guard.Invalid(nameof(classes), $"classes[{i}] is {classes[i]}: it must be from 0 to {k - 1}.");
        }

        return new(all, classes.ToArray(), Checked(weights, probabilities.Length), k);
    }

    /// <summary>Takes the arrays of a model without copies; only the classes may be too large.</summary>
    /// <exception cref="ArgumentException">There are too many classes, or no sample has a weight.</exception>
    public static JudgedSamples OfModel(double[] probabilities, int[] classes, double[] weights)
    {
        int k = probabilities.Length / classes.Length;
        if (k > MaxClasses)
            throw Guard.Invalid("data", $"The model has {k} classes: a report takes at most {MaxClasses}.");
        return new(probabilities, classes, Checked(weights, classes.Length), k);
    }

    private static void RequireCount(int samples, int count, string argument)
    {
        if (samples == 0)
            throw Guard.Invalid("probabilities", $"probabilities is empty: at least one sample is needed.");
        if (count != samples)
            throw Guard.Invalid(argument, $"{argument} has {count} entries for {samples} samples: the counts must be equal.");
    }

    private static double[]? Checked(double[]? weights, int sampleCount)
    {
        if (weights is null)
            return null;
        RequireCount(sampleCount, weights.Length, nameof(weights));
        double total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!double.IsFinite(weights[i]) || weights[i] < 0)
                throw Guard.Invalid(nameof(weights), $"weights[{i}] is {weights[i]}: it must be finite and at least 0.");
            total += weights[i];
        }

        return total > 0 && double.IsFinite(total)
            ? weights
            : throw Guard.Invalid(nameof(weights), $"The sum of weights is {total}: it must be finite and greater than 0.");
    }
}
