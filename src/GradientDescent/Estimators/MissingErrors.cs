namespace GradientDescent;

/// <summary>Why the coefficients of a classifier have no standard errors.</summary>
internal static class MissingErrors
{
    public const string Dependent = Begin + "some features depend on others.";

    public const string Undetermined = Begin + "the data hardly determines some of them.";

    private const string Begin = "The coefficients have no standard errors: ";

    /// <summary>Returns the reason that lies in the fit; <see langword="null"/> if there is none.</summary>
    /// <param name="reason">The reason for which the fit ended.</param>
    /// <param name="hasPenalty">Whether the fit has a penalty.</param>
    public static string? Reason(StopReason reason, bool hasPenalty) =>
        hasPenalty ? Begin + "a penalty makes them smaller, which standard errors do not show."
        : reason == StopReason.Separable ? Begin + "the classes can be separated, so the loss has no minimum."
        : reason != StopReason.Converged ? Begin + "the fit has not converged."
        : null;
}
