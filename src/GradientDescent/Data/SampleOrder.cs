using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The order of the samples within an epoch. A random order depends only on the seed and the epoch.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SampleOrder>))]
public enum SampleOrder
{
    /// <summary>Each sample once per epoch, in a new random order in each epoch.</summary>
    Shuffled,

    /// <summary>Random samples, drawn independently of each other. The number of draws in an epoch is the number of samples.</summary>
    WithReplacement,

    /// <summary>Each sample once per epoch, in the stored order.</summary>
    Sequential,

    /// <summary>
    /// Each sample once per epoch: blocks of adjacent samples in a new random order, and the samples of 16 blocks shuffled together. For
    /// data that is read from a file, where <see cref="Shuffled"/> reads a page for each sample. See <c>TrainingOptions.ShuffleWindow</c>.
    /// </summary>
    BlockShuffled,
}
