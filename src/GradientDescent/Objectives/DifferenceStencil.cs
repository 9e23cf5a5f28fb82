namespace GradientDescent;

/// <summary>A derivative from five values at equal distances h, with what the same values say about its error.</summary>
/// <remarks>
/// Let ρ be h divided by the distance over which the function changes. The third and fourth differences are ρ² times smaller than the
/// first and second for a smooth function, and as large as these where h is too long or the values are noise.
/// <para>
/// Central, with a₁ = (f(x+h) − f(x−h))/2, a₂ = (f(x+2h) − f(x−2h))/2, b₁ and b₂ the same for the sums less f(x): c₃ = a₂ − 2a₁ = h³f‴,
/// c₄ = b₂ − 4b₁ = h⁴f⁗/2 and f′ = (a₁ − c₃/6)/h, whose error is h⁴f⁽⁵⁾/30. One-sided: f′ = Σ w f(x ± kh)/12h with the weights −25, 48,
/// −36, 16, −3, whose error is h⁴f⁽⁵⁾/5.
/// </para>
/// </remarks>
internal readonly record struct DifferenceStencil
{
    // Allowed for the remainder, which is far above the error of a smooth function: a relative error of about 1e-9 passes.
    private const double RemainderTolerance = 2e-6;
    private const double RoundingTolerance = 1e-7;

    // The unit of slope is |f′| + h|f″| times this: near a minimum f′ is small, and its relative error says nothing.
    private const double CurvatureWeight = 30;

    private const double CornerTolerance = 0.01;

    /// <summary>The distance of the points.</summary>
    public double Step { get; private init; }

    /// <summary>The derivative.</summary>
    public double Slope { get; private init; }

    /// <summary>h times an error: what the fourth and third differences leave unexplained, by truncation or by noise.</summary>
    public double Remainder { get; private init; }

    /// <summary>h times an error: the rounding of the values to double.</summary>
    public double Rounding { get; private init; }

    /// <summary>How much the function changes from point to point.</summary>
    public double Change { get; private init; }

    /// <summary>An estimate of ρ, at most 1.</summary>
    public double Roughness { get; private init; }

    public bool IsOneSided { get; private init; }

    public bool IsFinite => double.IsFinite(Slope) && double.IsFinite(Remainder);

    /// <summary>Whether all five values are equal.</summary>
    public bool IsFlat => Change == 0 && Remainder == 0;

    /// <summary>Whether both sides are straight lines with different slopes.</summary>
    public bool IsCorner { get; private init; }

    /// <summary>The third difference; 0 for a one-sided stencil.</summary>
    public double Third { get; private init; }

    private bool IsContradicted { get; init; }

    /// <summary>Whether the derivative can be used as it is.</summary>
    public bool IsAccurate => !IsContradicted && Change > 0 &&
        Remainder <= RemainderTolerance * Change && Rounding <= RoundingTolerance * Change;

    /// <summary>The same stencil after values at a shorter distance contradicted it.</summary>
    /// <param name="error">The difference of the slopes.</param>
    /// <param name="roughness">The roughness that the shorter distance suggests.</param>
    public DifferenceStencil Contradicted(double error, double roughness) => this with
    {
        IsContradicted = true,
        Remainder = Math.Max(Remainder, Step * error),
        Roughness = Math.Max(Roughness, roughness),
    };

    /// <summary>The stencil around x.</summary>
    /// <param name="step">h.</param>
    /// <param name="middle">f(x).</param>
    /// <param name="below2">f(x − 2h).</param>
    /// <param name="below1">f(x − h).</param>
    /// <param name="above1">f(x + h).</param>
    /// <param name="above2">f(x + 2h).</param>
    public static DifferenceStencil Central(double step, double middle, double below2, double below1, double above1, double above2)
    {
        double a1 = 0.5 * above1 - 0.5 * below1;
        double a2 = 0.5 * above2 - 0.5 * below2;
        double b1 = 0.5 * (above1 - middle) + 0.5 * (below1 - middle);
        double b2 = 0.5 * (above2 - middle) + 0.5 * (below2 - middle);
        double c3 = Math.Abs(a2 - 2 * a1);
        double c4 = Math.Abs(b2 - 4 * b1);
        double largest = Largest(middle, below2, below1, above1, above2);
        double change = Math.Abs(a1) + FromCurvature(b1, largest), rounding = 2 * Unit * largest;
        return new DifferenceStencil
        {
            Step = step,
            Slope = (a1 - (a2 - 2 * a1) / 6) / step,
            Change = change,
            // Noise η of the values gives c₄ = 4.2η and an error of 0.95η/h. For an odd function c₄ is 0, and c₃ must speak.
            Remainder = c4 / 4 + c3 * AtMostOne(8 * c3 / (Math.Abs(a1) + CurvatureWeight * Math.Abs(b1))),
            Rounding = rounding,
            Roughness = Math.Sqrt(AtMostOne(Math.Max(c3, c4) / change)),
            IsCorner = Math.Max(Math.Abs(b2 - 2 * b1), c3) <= CornerTolerance * Math.Abs(b1) && b1 != 0,
            Third = c3,
        };
    }

    /// <summary>The stencil on one side of x.</summary>
    /// <param name="step">h; negative for the points below x.</param>
    /// <param name="middle">f(x).</param>
    /// <param name="f1">f(x + h).</param>
    /// <param name="f2">f(x + 2h).</param>
    /// <param name="f3">f(x + 3h).</param>
    /// <param name="f4">f(x + 4h).</param>
    public static DifferenceStencil OneSided(double step, double middle, double f1, double f2, double f3, double f4)
    {
        double d1 = f1 - middle, d2 = f2 - middle, d3 = f3 - middle, d4 = f4 - middle;
        double first = 4 * d1 - 3 * d2 + d3 * (4.0 / 3) - d4 / 4;
        double c3 = Math.Abs(d3 - 3 * d2 + 3 * d1);
        double c4 = Math.Abs(d4 - 4 * d3 + 6 * d2 - 4 * d1);
        double largest = Largest(middle, f1, f2, f3, f4);
        double change = Math.Abs(first) + FromCurvature(d2 / 2 - d1, largest);
        return new DifferenceStencil
        {
            Step = Math.Abs(step),
            Slope = first / step,
            Change = change,
            Remainder = c4, // noise η gives c₄ = 8.4η and an error of 5.5η/h
            Rounding = 12 * Unit * largest,
            Roughness = Math.Sqrt(AtMostOne(Math.Max(c3, c4) / change)),
            IsOneSided = true,
        };
    }

    private const double Unit = 1.0 / (1L << 53);

    private static double FromCurvature(double second, double largest) =>
        Math.Min(CurvatureWeight * Math.Abs(second), Math.Sqrt(Math.Abs(second)) * Math.Sqrt(largest));

    private static double AtMostOne(double ratio) => ratio <= 1 ? ratio : 1; // 0/0 too: nothing is known

    private static double Largest(double a, double b, double c, double d, double e) => Math.Max(Math.Abs(a),
        Math.Max(Math.Max(Math.Abs(b), Math.Abs(c)), Math.Max(Math.Abs(d), Math.Abs(e))));
}
