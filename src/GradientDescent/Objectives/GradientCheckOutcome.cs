namespace GradientDescent;

/// <summary>What a <see cref="GradientCheck"/> found.</summary>
public enum GradientCheckOutcome
{
    /// <summary>The gradient differs from the differences, but by no more than these may be wrong: noise, a corner, a jump or rounding
    /// hides the derivative. Nothing is known.</summary>
    Inconclusive = 0,

    /// <summary>The gradient agrees with the differences.</summary>
    Passed = 1,

    /// <summary>The gradient is wrong: it differs from the differences by much more than these may be wrong.</summary>
    Failed = 2,
}
