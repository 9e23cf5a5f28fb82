using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Settings of a <see cref="RegularizationPath"/>. Every setting has a default.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// RegularizationPath&lt;LinearRegression&gt; path = RegularizationPath.Linear(data, new() { L1Ratio = 0.5, Count = 20 });
/// Console.WriteLine($"{path.Points.Length} strengths, {path.Points[0].NonzeroCount} weights at the largest");
/// // 20 strengths, 0 weights at the largest
/// </code></example>
public sealed record PathOptions
{
    /// <summary>The ratio r of the penalty, from 0 (L2 alone) to 1 (L1 alone, the default); see <see cref="RegularizationPath"/>.</summary>
    public double L1Ratio
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw Guard.OutOfRange(nameof(L1Ratio), value, "from 0 to 1");
    } = 1;

    /// <summary>The strengths, each finite and greater than 0, in decreasing order; <c>default</c>: <see cref="Count"/> strengths in
    /// geometric steps from the largest one.</summary>
    public ImmutableArray<double> Strengths
    {
        get;
        init
        {
            if (!value.IsDefault)
                RequireDecreasing(value);
            field = value;
        }
    }

    /// <summary>The number of strengths where none are given, at least 2; 100 by default, as in glmnet and scikit-learn.</summary>
    public int Count { get; init => field = Guard.AtLeast(value, 2, nameof(Count)); } = 100;

    /// <summary>
    /// The smallest strength as a fraction of the largest one, greater than 0 and less than 1. Unset: 1e-4, or 1e-2 if there are fewer
    /// samples than features, as in glmnet.
    /// </summary>
    public double? SmallestRatio
    {
        get;
        init => field = value is { } set ? Guard.Between(set, 0, 1, nameof(SmallestRatio)) : null;
    }

    /// <summary>Whether the penalty is on the weights of standardised features. Without it, on the weights in the user's units.</summary>
    public bool Standardize { get; init; } = true;

    /// <summary>Whether the model has an intercept; it is not penalised.</summary>
    public bool Intercept { get; init; } = true;

    /// <summary>
    /// The duality gap at which a strength is solved, as a fraction of the loss without features; greater than 0. The gap bounds how much
    /// lower the objective could be.
    /// </summary>
    public double GapTolerance { get; init => field = Guard.Positive(value, nameof(GapTolerance)); } = 1e-9;

    /// <summary>The largest number of working sets for one strength, at least 1. A strength that needs more has not converged.</summary>
    public int MaxIterations { get; init => field = Guard.AtLeast(value, 1, nameof(MaxIterations)); } = 100;

    private static void RequireDecreasing(ImmutableArray<double> strengths)
    {
        if (strengths.IsEmpty)
            throw Guard.Invalid(nameof(Strengths), $"There are no strengths: at least one is needed.");
        for (int k = 0; k < strengths.Length; k++)
        {
            Guard.Positive(strengths[k], Format.Text($"Strengths[{k}]"));
            if (k > 0 && strengths[k] >= strengths[k - 1])
                throw Guard.Invalid(
                    nameof(Strengths), $"Strengths[{k}] is {strengths[k]}: it must be less than the one before, {strengths[k - 1]}.");
        }
    }
}
