using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Maps classes to labels and labels to classes.</summary>
internal sealed class ClassIndex<TLabel> where TLabel : notnull
{
    private readonly Dictionary<TLabel, int> _classOf = [];

    /// <param name="labels">The labels in the order of the classes.</param>
    /// <exception cref="ArgumentException">A label is null, or two are equal.</exception>
    public ClassIndex(IReadOnlyList<TLabel> labels)
    {
        RequireNotNull(labels);
        Labels = [.. labels];
        for (int k = 0; k < Labels.Length; k++)
        {
            if (_classOf.TryAdd(Labels[k], k))
                continue;
            int first = _classOf[Labels[k]];
            throw Guard.Invalid(nameof(labels), $"labels[{k}] is {Labels[k]}, as is labels[{first}]: each class needs its own label.");
        }
    }

    public ImmutableArray<TLabel> Labels { get; }

    /// <summary>
    /// Creates an index of the distinct labels of samples: sorted if the type has an order (strings in ordinal order), otherwise in the
    /// order in which they first occur.
    /// </summary>
    public static ClassIndex<TLabel> Of(IReadOnlyList<TLabel> labels)
    {
        RequireNotNull(labels);
        TLabel[] distinct = [.. labels.Distinct()];
        if (distinct is string[] strings)
            Array.Sort(strings, StringComparer.Ordinal);
        else if (typeof(TLabel).IsEnum || typeof(TLabel).IsAssignableTo(typeof(IComparable<TLabel>)))
            Array.Sort(distinct);
        return new ClassIndex<TLabel>(distinct);
    }

    /// <summary>Returns the class of each sample's label, as targets.</summary>
    /// <exception cref="ArgumentException">The counts differ, or a label is not one of <see cref="Labels"/>.</exception>
    public double[] TargetsOf(IReadOnlyList<TLabel> labels, int rowCount)
    {
        if (rowCount != labels.Count)
            throw Guard.Invalid(
                nameof(labels), $"There are {labels.Count} labels for {rowCount} rows of features: the counts must be equal.");
        RequireNotNull(labels);
        double[] classes = new double[labels.Count];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = _classOf.TryGetValue(labels[i], out int index)
                ? index
                : throw Guard.Invalid(nameof(labels), $"labels[{i}] is {labels[i]}: it must be one of {Format.List(Labels)}.");
        }

        return classes;
    }

    /// <summary>Returns the class of a label.</summary>
    /// <param name="label">The label.</param>
    /// <param name="argument">The name of the argument, for the message.</param>
    /// <exception cref="ArgumentException">The label is not one of <see cref="Labels"/>.</exception>
    public int ClassOf(TLabel label, string argument) => label is not null && _classOf.TryGetValue(label, out int index)
        ? index
        : throw Guard.Invalid(argument, $"{argument} is {label?.ToString() ?? "null"}: it must be one of {Format.List(Labels)}.");

    private static void RequireNotNull(IReadOnlyList<TLabel> labels)
    {
        for (int i = 0; i < labels.Count; i++)
        {
            if (labels[i] is null or double.NaN or float.NaN)
                throw Guard.Invalid(nameof(labels), $"labels[{i}] is {(labels[i] is null ? "null" : "NaN")}: it must be a label.");
        }
    }
}
