using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The scores of a path's strengths on folds, and the choice among the strengths.</summary>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class PathSelection<TModel> where TModel : LinearModel
{
    internal PathSelection(RegularizationPath<TModel> path, ImmutableArray<ImmutableArray<double>> scores, string scoreName,
        bool isGreaterBetter, int unconvergedCount)
    {
        (Path, FoldScores, ScoreName, IsGreaterBetter, UnconvergedCount) = (path, scores, scoreName, isGreaterBetter, unconvergedCount);
        Summaries = [.. scores.Select(ofStrength => new ScoreSummary(ofStrength.AsSpan()))];
        double sign = isGreaterBetter ? -1 : 1;
        double[] errors = [.. Summaries.Select(summary => sign * summary.Mean)];
        if (errors.All(double.IsNaN))
            throw Guard.Invalid("score", $"The score '{scoreName}' is NaN at every strength: none can be chosen.");
        BestIndex = Array.IndexOf(errors, errors.Where(error => !double.IsNaN(error)).Min());
        double limit = errors[BestIndex] + Summaries[BestIndex].StandardError;
        SimplestIndex = double.IsNaN(limit) ? BestIndex : Array.FindIndex(errors, error => error <= limit);
    }

    /// <summary>The path on all samples.</summary>
    public RegularizationPath<TModel> Path { get; }

    /// <summary>For each strength, the score of each fold.</summary>
    public ImmutableArray<ImmutableArray<double>> FoldScores { get; }

    /// <summary>For each strength, mean, standard deviation and standard error over the folds.</summary>
    public ImmutableArray<ScoreSummary> Summaries { get; }

    /// <summary>The name of the score.</summary>
    public string ScoreName { get; }

    /// <summary>Whether a greater score is better.</summary>
    public bool IsGreaterBetter { get; }

    /// <summary>The number of folds with a fit that has not reached its duality gap.</summary>
    public int UnconvergedCount { get; }

    /// <summary>The index of the strength with the best mean score; of equal ones, the largest strength.</summary>
    public int BestIndex { get; }

    /// <summary>
    /// The index of the largest strength whose mean score is within one standard error of the best one: the simplest model that is not
    /// clearly worse. Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 2nd edition, section 7.10.
    /// </summary>
    public int SimplestIndex { get; }

    /// <summary>The fit to all samples at the best strength.</summary>
    public PathPoint<TModel> Best => Path.Points[BestIndex];

    /// <summary>The fit to all samples at the strength of the one-standard-error rule, <see cref="SimplestIndex"/>.</summary>
    public PathPoint<TModel> Simplest => Path.Points[SimplestIndex];

    /// <summary>Both choices with their scores.</summary>
    public override string ToString() =>
        $"best: {Best}, {ScoreName} {Summaries[BestIndex]}\nwithin one standard error: {Simplest}, {ScoreName} {Summaries[SimplestIndex]}"
        + (UnconvergedCount > 0 ? $"\n{Format.Count(UnconvergedCount, "fold")} not converged" : "");
}
