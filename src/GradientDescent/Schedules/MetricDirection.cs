namespace GradientDescent;

/// <summary>The direction in which a metric improves.</summary>
public enum MetricDirection
{
    /// <summary>Lower is better, as for a loss.</summary>
    Minimize,

    /// <summary>Higher is better, as for an accuracy.</summary>
    Maximize,
}
