namespace GradientDescent;

/// <summary>Metrics of a regression, over all targets equally. If the data has weights, the metrics are weighted.</summary>
public sealed record RegressionMetrics
{
    internal RegressionMetrics()
    {
    }

    /// <summary>The mean of (ŷ − y)².</summary>
    public required double MeanSquaredError { get; init; }

    /// <summary>√(mean of (ŷ − y)²), in the unit of the target.</summary>
    public required double RootMeanSquaredError { get; init; }

    /// <summary>The mean of |ŷ − y|.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>1 − Σ(ŷ − y)²/Σ(y − ȳ)², with a mean ȳ for each target; NaN where the targets do not vary.</summary>
    public required double RSquared { get; init; }

    /// <summary>All four metrics.</summary>
    public override string ToString() =>
        Format.Text($"MSE {MeanSquaredError:G6}, RMSE {RootMeanSquaredError:G6}, MAE {MeanAbsoluteError:G6}, R² {RSquared:G6}");
}
