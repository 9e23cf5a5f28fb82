namespace GradientDescent;

/// <summary>The element type that numbers are kept in.</summary>
public enum Precision
{
    /// <summary>64-bit floating point: <see cref="double"/>.</summary>
    Binary64,

    /// <summary>32-bit floating point: <see cref="float"/>.</summary>
    Binary32,
}
