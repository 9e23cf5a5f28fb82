namespace GradientDescent;

/// <summary>Which way a metric improves.</summary>
public enum MetricDirection
{
    /// <summary>Less is better, as of a loss.</summary>
    Minimize,

    /// <summary>More is better, as of an accuracy.</summary>
    Maximize,
}
