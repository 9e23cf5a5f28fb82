namespace GradientDescent.Tool;

/// <summary>Creates the record of a fit for a history of runs.</summary>
internal static class FitRecord
{
    /// <param name="fitted">The fitted model.</param>
    /// <param name="source">The name of the data.</param>
    /// <param name="settings">The settings of the fit.</param>
    /// <param name="save">The path of the model file, or <see langword="null"/>.</param>
    public static RunRecord Of(FittedModel fitted, string source, FitSettings settings, string? save) =>
        RunRecord.From(fitted.Result, fitted.Model, fitted.Training, fitted.Validation) with
        {
            Target = fitted.Target.Name,
            DataSource = source,
            Settings = SettingsOf(settings),
            Seed = settings.Optimizer is null && settings.HeldOut is null ? null : settings.Options.Seed,
            ModelFile = save ?? "",
        };

    private static string SettingsOf(FitSettings settings)
    {
        string held = settings.HeldOut is { } share ? FormattableString.Invariant($", held out {share}") : "";
        string penalty = settings.FitOptions.Penalty is { } chosen ? $", {chosen}" : "";
        return settings.Optimizer is { } optimizer
            ? PageText.SettingsOf(optimizer, settings.Options, settings.FitOptions) + held
            : $"the library's own fit{penalty}{held}";
    }
}
