namespace GradientDescent;

/// <summary>The order of the samples within an epoch. Random orders are a pure function of seed and epoch.</summary>
public enum SampleOrder
{
    /// <summary>Each sample once per epoch, in a new random order in each epoch.</summary>
    Shuffled,

    /// <summary>Each draw is a random sample, independent of the other draws; an epoch has as many draws as there are samples.</summary>
    WithReplacement,

    /// <summary>Each sample once per epoch, in the stored order.</summary>
    Sequential,
}
