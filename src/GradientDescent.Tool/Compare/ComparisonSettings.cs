namespace GradientDescent.Tool;

/// <summary>The settings of a comparison that a user can choose.</summary>
/// <param name="Epochs">
/// The number of passes over the data for every optimizer; <see langword="null"/> for the default of each optimizer.
/// </param>
/// <param name="Seed">The seed for the order of the samples.</param>
/// <param name="IsLogged">Whether the reports of the runs are kept, which costs time.</param>
internal sealed record ComparisonSettings(int? Epochs = null, long Seed = 0, bool IsLogged = false);
