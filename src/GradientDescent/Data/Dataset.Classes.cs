namespace GradientDescent;

public sealed partial class Dataset
{
    private const int MaxClasses = 1 << 20; // a larger label is a mistake rather than a class

    /// <summary>The same samples, the weight of each multiplied by the weight of its class.</summary>
    /// <remarks>
    /// A class of weight 3 counts as if each of its samples occurred three times. Losses and gradients are divided by the sum of the
    /// weights, so doubling the weights of all classes changes nothing.
    /// </remarks>
    /// <param name="weights">A weight for each class, from class 0 on; finite and at least 0.
    /// <see cref="ClassWeights.Balanced"/> computes such weights.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, a target is not a class or its class has no weight, or
    /// samples have more than one target; the message names the row.</exception>
    public Dataset WithClassWeights(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        for (int k = 0; k < weights.Count; k++)
        {
            if (!double.IsFinite(weights[k]) || weights[k] < 0)
                throw Guard.Invalid(nameof(weights), $"weights[{k}] is {weights[k]}: it must be finite and at least 0.");
        }

        double[] products = new double[SampleCount];
        for (int i = 0; i < products.Length; i++)
        {
            int label = ClassOf(i, nameof(weights));
            if (label >= weights.Count)
                throw Guard.Invalid(
                    nameof(weights), $"Row {i} is of class {label}, and there are {weights.Count} weights: each class needs one.");
            products[i] = Weight(i) * weights[label];
        }

        return new Dataset(this, products);
    }

    /// <summary>The class of a sample, from 0.</summary>
    /// <param name="sample">Index of the sample, from 0.</param>
    /// <param name="argument">Name of the argument that exceptions name.</param>
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
