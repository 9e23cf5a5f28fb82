using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Weights for classes with different numbers of samples; <see cref="Dataset.WithClassWeights"/> applies them.</summary>
/// <example><code>
/// var data = Dataset.From([1, 2, 3, 4, 5], [0, 0, 0, 0, 1]);
/// Dataset balanced = data.WithClassWeights(ClassWeights.Balanced(data));
/// Console.WriteLine($"{balanced.Weight(0)} {balanced.Weight(4)}");   // 0.625 2.5
/// </code></example>
public static class ClassWeights
{
    /// <summary>Weights that give each class the same total weight, and the data set its old one: n/(K·nₖ) for class k.</summary>
    /// <remarks>
    /// n is the number of samples, nₖ that of class k; where samples have weights, n and nₖ are sums of weights. K is the number of classes
    /// with a sample that has weight; the other classes get the weight 1. Without weights this is <c>class_weight="balanced"</c> of
    /// scikit-learn.
    /// </remarks>
    /// <param name="data">Samples whose only target is the class, a whole number from 0.</param>
    /// <returns>A weight for each class from 0 to the largest that occurs.</returns>
    /// <exception cref="ArgumentException">A target is not a class, or samples have more than one target;
    /// the message names the row.</exception>
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
