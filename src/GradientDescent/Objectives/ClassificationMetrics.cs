namespace GradientDescent;

/// <summary>Metrics of a classifier. If the data has weights, the metrics are weighted.</summary>
public sealed record ClassificationMetrics
{
    internal ClassificationMetrics()
    {
    }

    /// <summary>The fraction of samples whose class is predicted correctly, from 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The mean cross-entropy, in nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Both metrics.</summary>
    public override string ToString() => Format.Text($"accuracy {Accuracy:P2}, log loss {LogLoss:G6}");
}
