namespace GradientDescent;

public sealed partial class Dataset
{
    private const int MaxClasses = 1 << 20; // a larger label is probably an error in the data

    /// <summary>Returns a data set in which the weight of each sample is multiplied by the weight of its class.</summary>
    /// <remarks>
    /// A class of weight 3 has the same effect as three copies of each of its samples. Losses and gradients are divided by the sum of the
    /// weights, so only the ratios of the weights matter.
    /// </remarks>
    /// <param name="weights">
    /// The weight of each class, starting with class 0: finite and at least 0. <see cref="ClassWeights.Balanced"/> computes such weights.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A weight is negative or not finite, a target is not a class, there are fewer or more weights than classes, or the samples have more
    /// than one target. The message names the row of an invalid target.
    /// </exception>
    public Dataset WithClassWeights(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        for (int k = 0; k < weights.Count; k++)
        {
            if (!double.IsFinite(weights[k]) || weights[k] < 0)
                throw Guard.Invalid(nameof(weights), $"weights[{k}] is {weights[k]}: it must be finite and at least 0.");
        }

        double[] products = new double[SampleCount];
        int largest = 0;
        for (int i = 0; i < products.Length; i++)
        {
            int label = ClassOf(i, nameof(weights));
            if (label >= weights.Count)
            {
                string given = weights.Count == 1 ? "there is 1 weight" : Format.Text($"there are {weights.Count} weights");
                throw Guard.Invalid(nameof(weights), $"Row {i} is of class {label}, and {given}: each class needs one.");
            }

            largest = Math.Max(largest, label);
            products[i] = Weight(i) * weights[label];
        }

        if (largest + 1 < weights.Count)
            throw Guard.Invalid(nameof(weights),
                $"There are {weights.Count} weights, and the largest class in the data is {largest}: there must be {largest + 1}, " +
                $"one for each class.");
        return new Dataset(this, products);
    }

    /// <summary>Returns the same samples with another target, such as the class of each label. The features are not copied.</summary>
    /// <param name="targets">The target of each sample, a finite number.</param>
    /// <param name="name">The name of the target.</param>
    /// <exception cref="ArgumentException">There are more or fewer targets than samples, or one is not finite.</exception>
    /// <example><code>
    /// Dataset votes = Dataset.From([[0.5], [2], [1.5]], [-1, 1, 1]);
    /// Dataset classes = votes.WithTargets([.. Enumerable.Range(0, 3).Select(i =&gt; votes.Targets(i)[0] &gt; 0 ? 1.0 : 0)], "yes");
    /// Console.WriteLine($"{classes.TargetNames[0]}: {classes.Targets(0)[0]} {classes.Targets(1)[0]}");   // yes: 0 1
    /// </code></example>
    public Dataset WithTargets(IReadOnlyList<double> targets, string name)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(name);
        if (targets.Count != SampleCount)
        {
            string samples = Format.Count(SampleCount, "sample");
            throw Guard.Invalid(nameof(targets), $"There are {targets.Count} targets for {samples}: each sample needs one.");
        }

        for (int i = 0; i < SampleCount; i++)
        {
            if (!double.IsFinite(targets[i]))
                throw Guard.Invalid(nameof(targets), $"targets[{i}] is {targets[i]}: it must be finite.");
        }

        return new Dataset(this, [.. targets], name);
    }

    /// <summary>Returns the same samples with other weights.</summary>
    /// <param name="weights">The weight of each sample, finite and at least 0.</param>
    internal Dataset WithWeights(double[] weights) => new(this, weights);

    /// <summary>Returns the class of a sample, counted from 0.</summary>
    /// <param name="sample">The index of the sample, from 0.</param>
    /// <param name="argument">The name of the argument for exceptions.</param>
    /// <exception cref="ArgumentException">The target is not a class, or there are several targets.</exception>
    internal int ClassOf(int sample, string argument)
    {
        if (TargetCount != 1)
            throw Guard.Invalid(argument, $"The data has {TargetCount} targets per sample: a class is one target.");
        double target = _targets[sample];
        return ClassLabel.IsClass(target, MaxClasses)
            ? (int)target
            : throw Guard.Invalid(
                argument, $"Row {sample}, target '{TargetNames[0]}' is {target}: a class is a whole number from 0 to {MaxClasses - 1}.");
    }
}
