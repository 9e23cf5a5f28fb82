namespace GradientDescent;

/// <summary>A derivative from differences.</summary>
/// <param name="Slope">The derivative; NaN if no difference is finite.</param>
/// <param name="Error">Its estimated error; infinity if no difference is finite.</param>
/// <param name="Scale">The size of derivatives near the point: |f′| and the change of f′ over 15 steps.</param>
internal readonly record struct DerivativeEstimate(double Slope, double Error, double Scale)
{
    public static DerivativeEstimate None { get; } = new(double.NaN, double.PositiveInfinity, 0);
}
