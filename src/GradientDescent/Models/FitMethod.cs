namespace GradientDescent;

/// <summary>How a model was fitted, in words: what was made small, and in which coordinates. For information; nothing is computed from it.</summary>
public sealed record FitMethod
{
    /// <summary>The names of <c>FeatureScaling</c>, which models do not know; a model file has no others.</summary>
    internal static readonly string[] Scalings = ["Standardize", "None", "Decorrelate"], TargetScalings = ["Standardize", "None"];

    /// <param name="loss">The loss with its settings, such as <c>HuberLoss(1.5)</c>.</param>
    /// <param name="scaling">What was done to the features inside: <c>Standardize</c>, <c>None</c> or <c>Decorrelate</c>.</param>
    /// <param name="targetScaling">That of the targets: Standardize or None.</param>
    /// <param name="penalty">The penalty with its strength, such as <c>L2Penalty(0.1)</c>; <see langword="null"/>: none.</param>
    /// <exception cref="ArgumentException">A scaling is none of these.</exception>
    public FitMethod(string loss, string scaling, string targetScaling, string? penalty = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(scaling);
        ArgumentNullException.ThrowIfNull(targetScaling);
        RequireOneOf(Scalings, scaling, nameof(scaling));
        RequireOneOf(TargetScalings, targetScaling, nameof(targetScaling));
        (Loss, Scaling, TargetScaling, Penalty) = (loss, scaling, targetScaling, penalty);
    }

    /// <summary>The loss with its settings.</summary>
    public string Loss { get; }

    /// <summary>What was done to the features inside. Nothing of it is left in the weights: they are in the user's units.</summary>
    public string Scaling { get; }

    /// <summary>What was done to the targets inside: <c>Standardize</c> or <c>None</c>.</summary>
    public string TargetScaling { get; }

    /// <summary>The penalty with its strength; <see langword="null"/> where there was none.</summary>
    public string? Penalty { get; }

    /// <summary>Loss, penalty and scaling.</summary>
    public override string ToString() => $"{Loss}{(Penalty is null ? "" : $" + {Penalty}")}, scaling {Scaling}, of targets {TargetScaling}";

    private static void RequireOneOf(string[] known, string text, string name)
    {
        if (!known.Contains(text))
            throw Guard.Invalid(name, $"{name} is '{text}': it must be one of {string.Join(", ", known)}.");
    }
}
