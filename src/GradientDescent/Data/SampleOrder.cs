namespace GradientDescent;

/// <summary>In which order an epoch hands out its samples. Random orders are a pure function of seed and epoch.</summary>
public enum SampleOrder
{
    /// <summary>Each sample once an epoch, in a new random order each time.</summary>
    Shuffled,

    /// <summary>Each draw is any sample, independent of the others; an epoch is as many draws as there are samples.</summary>
    WithReplacement,

    /// <summary>Each sample once an epoch, as stored.</summary>
    Sequential,
}
