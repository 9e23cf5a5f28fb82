namespace GradientDescent;

/// <summary>Gradients from values, with steps that follow the scale of the function.</summary>
/// <remarks>
/// The first step suits a function that changes over a distance of about max(|x|, 1). The five values tell whether it does
/// (<see cref="DifferenceStencil"/>): then these 4 evaluations are all, with 2 more if the function is not quadratic. Else other steps
/// are tried (<see cref="StepSearch"/>). The idea is that of Ridders, "Accurate computation of F′(x) and F′(x)F″(x)", Advances in
/// Engineering Software 4, 1982, and of Gill, Murray, Saunders and Wright, "Computing forward-difference intervals for numerical
/// optimization", SIAM J. Sci. Stat. Comput. 4, 1983. Nothing is remembered between calls: the gradient is a function of the point alone.
/// </remarks>
internal static class FiniteDifferences
{
    /// <summary>Writes the gradient.</summary>
    /// <param name="value">The function.</param>
    /// <param name="center">Its value at the point.</param>
    /// <param name="parameters">The point.</param>
    /// <param name="point">Scratch memory, as long as the parameters.</param>
    /// <param name="gradient">The gradient, to be written; NaN where no difference is finite.</param>
    public static void Gradient(ObjectiveValue value, double center, ReadOnlySpan<double> parameters, double[] point, Span<double> gradient)
    {
        parameters.CopyTo(point);
        Span<DifferenceStencil> tried = stackalloc DifferenceStencil[StepSearch.Capacity];
        for (int i = 0; i < point.Length; i++)
            gradient[i] = Search(new CoordinateLine(value, point, i, center), tried).Slope;
    }

    /// <summary>Returns the derivatives with their estimated errors, which takes more evaluations.</summary>
    /// <param name="value">The function.</param>
    /// <param name="parameters">The point.</param>
    public static DerivativeEstimate[] Estimate(ObjectiveValue value, ReadOnlySpan<double> parameters)
    {
        double[] point = [.. parameters];
        double center = value(point);
        var estimates = new DerivativeEstimate[point.Length];
        Span<DifferenceStencil> tried = stackalloc DifferenceStencil[StepSearch.Capacity];
        for (int i = 0; i < point.Length; i++)
            estimates[i] = Search(new CoordinateLine(value, point, i, center), tried).Verify();
        return estimates;
    }

    private static StepSearch Search(CoordinateLine line, Span<DifferenceStencil> tried)
    {
        var search = new StepSearch(line, tried);
        if (double.IsFinite(line.Center))
            search.Run();
        return search;
    }
}
