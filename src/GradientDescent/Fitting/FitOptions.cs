using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>What a fit of a model to data does beyond the training loop. Every setting has a default.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new FitOptions { Penalty = new L2Penalty(0.01), Validation = Validation.HoldOut(0.25) };
/// TrainingResult result = new Trainer(new Adam(0.05)).Fit(new LinearRegression(), data, options: options);
/// Console.WriteLine(result.BestBy);   // ValidationLoss
/// </code></example>
public sealed record FitOptions
{
    /// <summary>
    /// Data that is not trained on, by whose loss the best parameters are chosen; unset: none. It costs a pass over all data for each
    /// epoch.
    /// </summary>
    public Validation? Validation { get; init; }

    /// <summary>The regularization added to the mean loss; unset: none. Losses of the run include it.</summary>
    public IPenalty? Penalty { get; init; }

    /// <summary>
    /// What the fit does to features and targets; unset: <see cref="FeatureScaling.Standardize"/> for linear models, nothing for others.
    /// </summary>
    public FeatureScaling? Scaling { get; init => field = value is { } set ? Guard.Defined(set, nameof(Scaling)) : null; }

    /// <summary>Where the fit starts, in the user's units; <c>default</c>: where the model says. All finite.</summary>
    public ImmutableArray<double> Start
    {
        get;
        init
        {
            if (!value.IsDefault)
                Guard.Finite(value.AsSpan(), nameof(Start));
            field = value;
        }
    }

    /// <summary>
    /// Whether the rate is 1/L in place of the optimizer's, with L the largest curvature that loss and penalty can have: see
    /// <see cref="FitAnalysis"/>. For linear models, losses that know their <see cref="ILoss.MaxCurvature"/>, and <see cref="BatchGD"/>,
    /// <see cref="Momentum"/> or <see cref="Nesterov"/> with <c>restart: true</c> on full batches. Plain descent and Nesterov at that rate
    /// converge on every such loss; heavy-ball momentum on squared error.
    /// </summary>
    public bool RateFromCurvature { get; init; }

    /// <summary>Whether the result's note says that classes are separated. Off where the ending says it.</summary>
    internal bool NotesSeparation { get; init; } = true;

    /// <summary>The settings that are not the default.</summary>
    public override string ToString()
    {
        var set = new List<string>();
        Show(Validation);
        Show(Penalty);
        Show(Scaling);
        if (!Start.IsDefault)
            Show("given", nameof(Start));
        if (RateFromCurvature)
            Show((bool?)true, nameof(RateFromCurvature));
        return string.Join(", ", set);

        void Show<T>(T? value, [CallerArgumentExpression(nameof(value))] string name = "")
        {
            if (value is not null)
                set.Add(Format.Text($"{name} {value}"));
        }
    }
}
