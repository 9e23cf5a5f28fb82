namespace GradientDescent;

/// <summary>λ(r‖w‖₁ + (1 − r)/2·‖w‖²): exact zeros, and groups of alike features share their weight. Zou and Hastie, 2005.</summary>
/// <remarks>scikit-learn's ElasticNet(alpha, l1_ratio) minimises half our squared error: its alpha is λ/2, its l1_ratio r.</remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { Penalty = new ElasticNet(10, absoluteShare: 0.9), MaxEpochs = 5000, Batching = Batching.Full };
/// var model = new LinearRegression();
/// Console.WriteLine(new Trainer(new Nesterov(0.02), options).Fit(model, data).Reason);   // Converged
/// </code></example>
public sealed record ElasticNet : IPenalty
{
    /// <param name="strength">λ, finite and at least 0.</param>
    /// <param name="absoluteShare">r, from 0 (as <see cref="L2"/>) to 1 (as <see cref="L1"/>).</param>
    /// <param name="onIntercepts">Whether intercepts are penalised too.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public ElasticNet(double strength, double absoluteShare = 0.5, bool onIntercepts = false)
    {
        Guard.FiniteNonNegative(strength);
        if (absoluteShare is not (>= 0 and <= 1))
            throw Guard.OutOfRange(nameof(absoluteShare), absoluteShare, "from 0 to 1");
        (Absolute, Squared, OnIntercepts) = (strength * absoluteShare, strength * (1 - absoluteShare), onIntercepts);
    }

    /// <inheritdoc/>
    public double Absolute { get; }

    /// <inheritdoc/>
    public double Squared { get; }

    /// <inheritdoc/>
    public bool OnIntercepts { get; }

    /// <summary>The kind and the strengths of its parts.</summary>
    public override string ToString() => Guard.Text($"ElasticNet({Absolute} absolute, {Squared} squared{(OnIntercepts ? ", on intercepts" : "")})");
}
