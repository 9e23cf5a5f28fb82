using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The samples to train on and the samples to test on, as indices in a data set.</summary>
/// <example><code>
/// Fold last = new([0, 1, 2, 3], [4, 5]);
/// Console.WriteLine(last);   // 4 training samples, 2 test samples
/// </code></example>
public sealed class Fold
{
    /// <param name="training">The indices of the training samples, at least one.</param>
    /// <param name="test">The indices of the test samples, at least one; none of them is a training sample.</param>
    /// <exception cref="ArgumentException">A part is empty, an index is negative, or a sample is in both parts.</exception>
    public Fold(ImmutableArray<int> training, ImmutableArray<int> test)
    {
        RequireIndices(training, nameof(training));
        RequireIndices(test, nameof(test));
        var trained = training.ToHashSet();
        foreach (int sample in test)
        {
            if (trained.Contains(sample))
                throw Guard.Invalid(nameof(test), $"Sample {sample} is in both parts: a test sample must not be a training sample.");
        }

        (Training, Test) = (training, test);
    }

    /// <summary>The indices of the training samples.</summary>
    public ImmutableArray<int> Training { get; }

    /// <summary>The indices of the test samples.</summary>
    public ImmutableArray<int> Test { get; }

    /// <summary>The sizes of both parts.</summary>
    public override string ToString() =>
        $"{Format.Count(Training.Length, "training sample")}, {Format.Count(Test.Length, "test sample")}";

    private static void RequireIndices(ImmutableArray<int> samples, string argument)
    {
        if (samples.IsDefaultOrEmpty)
            throw Guard.Invalid(argument, $"There are no {argument} samples: a fold needs at least one.");
        foreach (int sample in samples)
            Guard.AtLeast(sample, 0, argument);
    }
}
