namespace GradientDescent;

/// <summary>The first and second derivatives of a function of two numbers.</summary>
internal struct PartialDerivatives
{
    /// <summary>∂f/∂x.</summary>
    public double X;

    /// <summary>∂f/∂y.</summary>
    public double Y;

    /// <summary>∂²f/∂x².</summary>
    public double XX;

    /// <summary>∂²f/∂x∂y.</summary>
    public double XY;

    /// <summary>∂²f/∂y².</summary>
    public double YY;

    /// <summary>The derivatives of the function divided by a number.</summary>
    public readonly PartialDerivatives Over(double divisor) =>
        new() { X = X / divisor, Y = Y / divisor, XX = XX / divisor, XY = XY / divisor, YY = YY / divisor };
}
