using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>The samples that a command learns from.</summary>
/// <param name="Source">The name of the file, for messages.</param>
/// <param name="Target">The target.</param>
/// <param name="Data">The samples. For a classifier, the target is the index of the class.</param>
/// <param name="Notes">The notes about rows, labels and columns, one sentence each.</param>
internal sealed record TrainingData(string Source, TargetColumn Target, Dataset Data, ImmutableArray<string> Notes);
