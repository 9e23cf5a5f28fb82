namespace GradientDescent.Tool;

/// <summary>The settings of a fit.</summary>
/// <param name="Optimizer">The optimizer to train with; <see langword="null"/> for the <c>Fit</c> method of the model.</param>
/// <param name="Options">The options for training with an optimizer; otherwise only the seed is used.</param>
/// <param name="FitOptions">The penalty.</param>
/// <param name="HeldOut">The fraction of the samples for validation, or <see langword="null"/> for no validation.</param>
internal sealed record FitSettings(IOptimizer? Optimizer, TrainingOptions Options, FitOptions FitOptions, double? HeldOut)
{
    /// <summary>The C of other libraries, for hashed words: the mean loss has |w|²/(2Cn) added.</summary>
    private const double WordsC = 10;

    /// <summary>The processes that share the work; <see langword="null"/>: this one works alone.</summary>
    public ICollective? Ranks { get; init; }

    /// <summary>Returns the settings with what the data decides and the user left open.</summary>
    /// <param name="data">The data.</param>
    /// <param name="choice">A sentence about a penalty that was chosen, or <see langword="null"/>.</param>
    public FitSettings For(TrainingData data, out string? choice)
    {
        FitSettings settings = data.Data.IsMapped ? this with { Options = Options with { Order = SampleOrder.BlockShuffled } } : this;
        choice = null;
        bool hasWords = data.Data.Encoding?.Columns.Any(column => column is HashedColumn) == true;
        if (!hasWords || !data.Target.IsClass || Optimizer is not null || FitOptions.Penalty is not null)
            return settings;
        var penalty = new L2Penalty(1.0 / (WordsC * data.Data.SampleCount));
        choice = FormattableString.Invariant($"penalty l2={penalty.L2Strength:G3}, because words separate most classes; ")
            + "--penalty l2=0 fits without one.";
        return settings with { FitOptions = FitOptions with { Penalty = penalty } };
    }

    /// <summary>Returns the name of the optimizer or, without one, what the model's own <c>Fit</c> has found.</summary>
    public string NameOf(TrainingResult result) => Optimizer?.GetType().Name ?? result.Reason switch
    {
        StopReason.Converged => "best fit",
        StopReason.Separable => "no best fit: separable classes",
        _ => "unfinished fit",
    };
}
