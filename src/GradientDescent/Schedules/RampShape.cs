namespace GradientDescent;

/// <summary>How a factor moves from one value to another.</summary>
public enum RampShape
{
    /// <summary>Half a cosine: slowly at both ends.</summary>
    Cosine,

    /// <summary>A straight line.</summary>
    Linear,
}
