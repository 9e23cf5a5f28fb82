namespace GradientDescent;

/// <summary>How a model was fitted: the loss, the penalty, and the coordinates of the training. For information only.</summary>
/// <remarks>The parameters of the model do not depend on the scaling: a fit maps them back to the user's units.</remarks>
/// <example><code>
/// var data = Dataset.From([1, 2, 3, 4], [2, 4, 5, 9]);
/// var model = new LinearRegression();
/// new Trainer(new BatchGD(0.5)).Fit(model, data);
/// Console.WriteLine(model.Method);   // MeanSquaredError, scaling Standardize, of targets Standardize
/// </code></example>
public sealed record FitMethod
{
    /// <summary>The loss with its settings, such as <c>HuberLoss(1.5)</c>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public required string Loss { get; init => field = Guard.NotNull(value, nameof(Loss)); }

    /// <summary>What the fit did to the features before training.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public required FeatureScaling Scaling { get; init => field = Guard.Defined(value, nameof(Scaling)); }

    /// <summary>What the fit did to the targets before training: <see cref="FeatureScaling.Standardize"/> or
    /// <see cref="FeatureScaling.None"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither.</exception>
    public required FeatureScaling TargetScaling
    {
        get;
        init => field = CanScaleTargets(value) ? value : throw Guard.OutOfRange(nameof(TargetScaling), value, "Standardize or None");
    }

    /// <summary>The penalty with its strength, such as <c>L2Penalty(0.1)</c>; <see langword="null"/>: none.</summary>
    public string? Penalty { get; init; }

    /// <summary>Whether targets can be scaled in this way.</summary>
    internal static bool CanScaleTargets(FeatureScaling scaling) => scaling is FeatureScaling.Standardize or FeatureScaling.None;

    /// <summary>The loss, the penalty and the scaling.</summary>
    public override string ToString() => $"{Loss}{(Penalty is null ? "" : $" + {Penalty}")}, scaling {Scaling}, of targets {TargetScaling}";
}
