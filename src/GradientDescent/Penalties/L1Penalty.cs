namespace GradientDescent;

/// <summary>
/// The lasso λ‖w‖₁ = λΣ|w|: makes some coefficients exactly 0. Tibshirani, "Regression Shrinkage and Selection via the Lasso", 1996.
/// </summary>
/// <remarks>scikit-learn's Lasso(alpha) minimises half the squared error of this library: its alpha is λ/2.</remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 5000, Batching = Batching.Full };
/// FitOptions fitOptions = new() { Penalty = new L1Penalty(10) };
/// var model = new LinearRegression();
/// new Trainer(new Nesterov(0.02), options).Fit(model, data, options: fitOptions);
/// int zeros = model.Weights.Count(weight =&gt; weight == 0);
/// Console.WriteLine($"{zeros} of {model.Weights.Length} coefficients are 0");   // 3 of 10 coefficients are 0
/// </code></example>
public sealed record L1Penalty : IPenalty
{
    /// <param name="strength">The strength λ, in the loss's unit divided by the coefficient's unit; finite and at least 0.</param>
    /// <param name="onIntercepts">Whether intercepts are penalised too.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is negative or not finite.</exception>
    public L1Penalty(double strength, bool onIntercepts = false) =>
        (L1Strength, OnIntercepts) = (Guard.FiniteNonNegative(strength), onIntercepts);

    /// <summary>The strength λ of ‖w‖₁.</summary>
    public double L1Strength { get; }

    /// <summary>Whether intercepts are penalised too.</summary>
    public bool OnIntercepts { get; }

    /// <inheritdoc/>
    public PenaltyTerm? Bind(ParameterLayout layout, ReadOnlySpan<double> scale, double lossFactor) =>
        SeparablePenalty.Bind(L1Strength, 0, OnIntercepts, layout, scale, lossFactor);

    /// <summary>Returns the kind and the strength as text.</summary>
    public override string ToString() => Format.Text($"L1Penalty({L1Strength}{(OnIntercepts ? ", on intercepts" : "")})");
}
