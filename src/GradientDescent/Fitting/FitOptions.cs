using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>Settings of a fit of a model to data, in addition to those of the training loop. Every setting has a default.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new FitOptions { Penalty = new L2Penalty(0.01), Validation = Validation.HoldOut(0.25) };
/// TrainingResult result = new Trainer(new Adam(0.05)).Fit(new LinearRegression(), data, options: options);
/// Console.WriteLine(result.BestBy);   // ValidationLoss
/// </code></example>
public sealed record FitOptions
{
    /// <summary>
    /// The data that is not trained on; the fit returns the parameters with the lowest loss on it. Unset: none. The measurement takes a
    /// pass over all data after each epoch.
    /// </summary>
    public Validation? Validation { get; init; }

    /// <summary>The regularization added to the mean loss; unset: none. Losses of the run include it.</summary>
    public IPenalty? Penalty { get; init; }

    /// <summary>
    /// The scaling of features and targets; unset: <see cref="FeatureScaling.Standardize"/> for linear models,
    /// <see cref="FeatureScaling.None"/> for other models.
    /// </summary>
    public FeatureScaling? Scaling { get; init => field = value is { } set ? Guard.Defined(set, nameof(Scaling)) : null; }

    /// <summary>The initial parameters, in the user's units, all finite; <c>default</c>: the model initialises them.</summary>
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
    /// Whether the rate 1/L replaces the optimizer's rate, where L is the largest possible curvature of loss and penalty: see
    /// <see cref="FitAnalysis"/>. It requires a linear model, a loss with a <see cref="ILoss.MaxCurvature"/>, and <see cref="BatchGD"/>,
    /// <see cref="Momentum"/> or <see cref="Nesterov"/> with <c>restart: true</c> on full batches. Plain descent and Nesterov at that rate
    /// converge on every such loss; heavy-ball momentum converges on squared error.
    /// </summary>
    public bool RateFromCurvature { get; init; }

    /// <summary>Whether the result's note reports separated classes. Off if the stop reason already reports them.</summary>
    internal bool NotesSeparation { get; init; } = true;

    /// <summary>Whether a result notes how much nearly dependent columns hide; not where there are none for certain.</summary>
    internal bool NotesDependence { get; init; } = true;

    /// <summary>Returns the settings that differ from the default.</summary>
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
