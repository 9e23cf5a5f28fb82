namespace GradientDescent;

/// <summary>Mean, standard deviation and standard error of several scores.</summary>
public sealed record ScoreSummary
{
    internal ScoreSummary(ReadOnlySpan<double> scores)
    {
        Count = scores.Length;
        double sum = 0, squares = 0;
        foreach (double score in scores)
            sum += score;
        Mean = sum / Count;
        foreach (double score in scores)
            squares += (score - Mean) * (score - Mean);
        StandardDeviation = Count == 1 ? double.NaN : Math.Sqrt(squares / (Count - 1));
        StandardError = StandardDeviation / Math.Sqrt(Count);
    }

    /// <summary>The number k of scores.</summary>
    public int Count { get; }

    /// <summary>The mean of the scores.</summary>
    public double Mean { get; }

    /// <summary>√(Σ(score − mean)²/(k − 1)); NaN for a single score.</summary>
    public double StandardDeviation { get; }

    /// <summary>
    /// The standard deviation divided by √k. It takes the scores as independent; those of folds share training samples, so that the error
    /// of their mean is usually larger (Bengio and Grandvalet, 2004).
    /// </summary>
    public double StandardError { get; }

    /// <summary>The mean, ± the standard error.</summary>
    public override string ToString() => Format.Text($"{Mean:G6} ± {StandardError:G3}");
}
