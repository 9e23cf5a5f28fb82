using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>
/// Computes weights for classes with different numbers of samples. <see cref="Dataset.WithClassWeights"/> applies them.
/// </summary>
/// <example><code>
/// var data = Dataset.From([1, 2, 3, 4, 5], [0, 0, 0, 0, 1]);
/// Dataset balanced = data.WithClassWeights(ClassWeights.Balanced(data));
/// Console.WriteLine($"{balanced.Weight(0)} {balanced.Weight(4)}");   // 0.625 2.5
/// </code></example>
public static class ClassWeights
{
    /// <summary>
    /// Computes weights with which all classes have the same total weight: n/(K·nₖ) for class k. The total weight of the data set does not
    /// change.
    /// </summary>
    /// <remarks>
    /// n is the number of samples, and nₖ is the number of samples of class k. If the samples have weights, n and nₖ are sums of weights. K
    /// is the number of classes that have a sample with a weight greater than 0; the other classes get the weight 1. Without weights, the
    /// result is the same as with <c>class_weight="balanced"</c> in scikit-learn.
    /// </remarks>
    /// <param name="data">The samples. Their only target is the class, a whole number from 0.</param>
    /// <returns>A weight for each class from 0 to the largest class in the data.</returns>
    /// <exception cref="ArgumentException">
    /// A target is not a class, or the samples have more than one target. The message names the row of a target that is not a class.
    /// </exception>
    public static ImmutableArray<double> Balanced(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var totals = new List<double>();
        for (int i = 0; i < data.SampleCount; i++)
        {
            int label = data.ClassOf(i, nameof(data));
            while (totals.Count <= label)
                totals.Add(0);
            totals[label] += data.Weight(i);
        }

        double even = totals.Sum() / totals.Count(total => total > 0);
        return [.. totals.Select(total => total > 0 ? even / total : 1)];
    }
}
