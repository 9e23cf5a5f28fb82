namespace GradientDescent;

/// <summary>
/// The elastic net λ(r‖w‖₁ + (1 − r)/2·‖w‖²): makes some coefficients exactly 0 and gives correlated features similar coefficients. Zou
/// and Hastie, 2005.
/// </summary>
/// <remarks>scikit-learn's ElasticNet(alpha, l1_ratio) minimises half the squared error of this library: its alpha is λ/2, its l1_ratio
/// is r.</remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 5000, Batching = Batching.Full };
/// FitOptions fitOptions = new() { Penalty = new ElasticNetPenalty(10, l1Ratio: 0.9) };
/// var model = new LinearRegression();
/// Console.WriteLine(new Trainer(new Nesterov(0.02), options).Fit(model, data, options: fitOptions).Reason);   // Converged
/// </code></example>
public sealed record ElasticNetPenalty : IPenalty
{
    /// <param name="strength">The strength λ, finite and at least 0.</param>
    /// <param name="l1Ratio">The ratio r, from 0 (as <see cref="L2Penalty"/>) to 1 (as <see cref="L1Penalty"/>).</param>
    /// <param name="onIntercepts">Whether intercepts are penalised too.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public ElasticNetPenalty(double strength, double l1Ratio = 0.5, bool onIntercepts = false)
    {
        Guard.FiniteNonNegative(strength);
        if (l1Ratio is not (>= 0 and <= 1))
            throw Guard.OutOfRange(nameof(l1Ratio), l1Ratio, "from 0 to 1");
        (L1Strength, L2Strength, OnIntercepts) = (strength * l1Ratio, strength * (1 - l1Ratio), onIntercepts);
    }

    /// <summary>The strength λr of ‖w‖₁.</summary>
    public double L1Strength { get; }

    /// <summary>The strength λ(1 − r) of ½‖w‖².</summary>
    public double L2Strength { get; }

    /// <summary>Whether intercepts are penalised too.</summary>
    public bool OnIntercepts { get; }

    /// <inheritdoc/>
    public PenaltyTerm? Bind(ParameterLayout layout, ReadOnlySpan<double> scale, double lossFactor) =>
        SeparablePenalty.Bind(L1Strength, L2Strength, OnIntercepts, layout, scale, lossFactor);

    /// <summary>Returns the kind and the strengths of both parts as text.</summary>
    public override string ToString() =>
        Format.Text($"ElasticNetPenalty(L1 {L1Strength}, L2 {L2Strength}{(OnIntercepts ? ", on intercepts" : "")})");
}
