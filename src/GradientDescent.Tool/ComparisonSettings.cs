namespace GradientDescent.Tool;

/// <summary>What a user can choose about a comparison.</summary>
/// <param name="Epochs">Passes over the data for every optimizer; <see langword="null"/> leaves each its own.</param>
/// <param name="Seed">Fixes the order in which samples are drawn.</param>
/// <param name="IsLogged">Whether reports of the runs are kept, which takes time.</param>
internal sealed record ComparisonSettings(int? Epochs = null, long Seed = 0, bool IsLogged = false);
