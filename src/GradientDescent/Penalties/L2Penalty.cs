namespace GradientDescent;

/// <summary>
/// The ridge (λ/2)‖w‖² = (λ/2)Σw²: keeps coefficients small. With plain gradient descent at a constant rate it equals weight decay. Hoerl
/// and Kennard, "Ridge Regression", 1970.
/// </summary>
/// <remarks>
/// scikit-learn's Ridge(alpha) adds alpha‖w‖² to the sum of n squared errors: its alpha is nλ/2. PyTorch's weight_decay is λ.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 10_000 };
/// FitOptions fitOptions = new() { Penalty = new L2Penalty(0.1), RateFromCurvature = true };
/// var model = new LinearRegression();
/// Console.WriteLine(new Trainer(new BatchGD(), options).Fit(model, data, options: fitOptions).Reason);   // Converged
/// </code></example>
public sealed record L2Penalty : IPenalty
{
    /// <param name="strength">
    /// The strength λ, in the loss's unit divided by the square of the coefficient's unit; finite and at least 0.
    /// </param>
    /// <param name="onIntercepts">Whether intercepts are penalised too.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is negative or not finite.</exception>
    public L2Penalty(double strength, bool onIntercepts = false) =>
        (L2Strength, OnIntercepts) = (Guard.FiniteNonNegative(strength), onIntercepts);

    /// <summary>The strength λ of ½‖w‖².</summary>
    public double L2Strength { get; }

    /// <summary>Whether intercepts are penalised too.</summary>
    public bool OnIntercepts { get; }

    /// <inheritdoc/>
    public PenaltyTerm? Bind(ParameterLayout layout, ReadOnlySpan<double> scale, double lossFactor) =>
        SeparablePenalty.Bind(0, L2Strength, OnIntercepts, layout, scale, lossFactor);

    /// <summary>Returns the kind and the strength as text.</summary>
    public override string ToString() => Format.Text($"L2Penalty({L2Strength}{(OnIntercepts ? ", on intercepts" : "")})");
}
