namespace GradientDescent;

/// <summary>A function of one number with its first two derivatives.</summary>
internal interface IFunction
{
    /// <summary>The value at x.</summary>
    static abstract double Value(double x);

    /// <summary>Computes the derivatives at x.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="value">The value at x.</param>
    /// <param name="first">The first derivative, with an error of at most 4 units in the last place.</param>
    /// <param name="second">The second derivative.</param>
    static abstract void Derive(double x, double value, out double first, out double second);
}
