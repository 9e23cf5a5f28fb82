namespace GradientDescent;

/// <summary>One fit of a <see cref="RegularizationPath"/>.</summary>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class PathPoint<TModel> where TModel : LinearModel
{
    internal PathPoint(TModel model) => (Model, NonzeroCount) = (model, model.Weights.Count(weight => weight != 0));

    /// <summary>The strength λ of the penalty.</summary>
    public required double Strength { get; init; }

    /// <summary>The fitted model, in the user's units.</summary>
    public TModel Model { get; }

    /// <summary>The number of weights that are not exactly 0.</summary>
    public int NonzeroCount { get; }

    /// <summary>The mean loss, without the penalty.</summary>
    public required double Loss { get; init; }

    /// <summary>The mean loss and the penalty: what was minimised.</summary>
    public required double Objective { get; init; }

    /// <summary>
    /// 1 − loss/(loss without features): R² for linear regression with an intercept, the explained fraction of the deviance for logistic
    /// regression. NaN if the loss without features is 0.
    /// </summary>
    public required double DevianceExplained { get; init; }

    /// <summary>The duality gap: <see cref="Objective"/> is at most this much above its minimum, up to rounding.</summary>
    public required double DualityGap { get; init; }

    /// <summary>Whether the duality gap is within its tolerance.</summary>
    public required bool IsConverged { get; init; }

    /// <summary>The number of working sets that were solved.</summary>
    public required int Iterations { get; init; }

    /// <summary>The strength, the number of weights that are not 0, and the explained deviance.</summary>
    public override string ToString() => Format.Text(
        $"strength {Strength:G6}: {Format.Count(NonzeroCount, "weight")}, deviance explained {DevianceExplained:F4}") +
        (IsConverged ? "" : Format.Text($"; not converged, duality gap {DualityGap:G3}"));
}
