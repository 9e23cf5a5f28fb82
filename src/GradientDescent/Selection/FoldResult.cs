namespace GradientDescent;

/// <summary>What a cross-validation found on one fold.</summary>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class FoldResult<TModel>
{
    internal FoldResult(Fold fold) => Fold = fold;

    /// <summary>The indices of the training and the test samples.</summary>
    public Fold Fold { get; }

    /// <summary>The model that was fitted to the training samples; <see langword="null"/> if the fit threw an exception.</summary>
    public TModel? Model { get; internal init; }

    /// <summary>The training result; <see langword="null"/> if the fit has none or threw an exception.</summary>
    public TrainingResult? Training { get; internal init; }

    /// <summary>The score on the test samples; NaN if fit or score threw an exception.</summary>
    public double Score { get; internal init; } = double.NaN;

    /// <summary>The exception of the fit or the score; <see langword="null"/> if there was none.</summary>
    public Exception? Error { get; internal init; }

    /// <summary>Whether there was no exception, and the training result, if there is one, is <see cref="StopReason.Converged"/>.</summary>
    public bool IsConverged => Error is null && (Training is null || Training.Reason == StopReason.Converged);

    /// <summary>The score and how the fit ended.</summary>
    public override string ToString() =>
        Error is not null ? $"failed: {Error.Message}"
        : Format.Text($"{Score:G6}") + (IsConverged ? "" : $", not converged: {Training!.Reason}");
}
