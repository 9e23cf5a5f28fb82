namespace GradientDescent;

/// <summary>The shape of the way from one factor to another.</summary>
public enum RampShape
{
    /// <summary>Half a cosine: slow at both ends.</summary>
    Cosine,

    /// <summary>A straight line.</summary>
    Linear,
}
