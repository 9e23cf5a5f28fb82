using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Weights for classes that occur unequally often; <see cref="Dataset.WithClassWeights"/> applies them.</summary>
/// <example><code>
/// var data = Dataset.From([1, 2, 3, 4, 5], [0, 0, 0, 0, 1]);
/// Dataset balanced = data.WithClassWeights(ClassWeights.Balanced(data));
/// Console.WriteLine($"{balanced.Weight(0)} {balanced.Weight(4)}");   // 0.625 2.5
/// </code></example>
public static class ClassWeights
{
    /// <summary>Weights under which all classes weigh the same together, and the whole data set as much as before: n/(K·nₖ) for class k.</summary>
    /// <remarks>
    /// Where samples have weights, n and nₖ are sums of these; without, this is scikit-learn's <c>class_weight="balanced"</c>. K counts the classes that occur; one that does not,
    /// or that has no weight, gets 1.
    /// </remarks>
    /// <param name="data">Samples whose one target is the class, a whole number from 0.</param>
    /// <returns>A weight for each class from 0 to the largest that occurs.</returns>
    /// <exception cref="ArgumentException">A target is no class, or there is more than one target a sample; the message names the row.</exception>
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
