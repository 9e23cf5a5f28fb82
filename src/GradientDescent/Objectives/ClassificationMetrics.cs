namespace GradientDescent;

/// <summary>How well a classifier predicts; weighted where the data is.</summary>
public sealed record ClassificationMetrics
{
    internal ClassificationMetrics()
    {
    }

    /// <summary>The share of the samples whose class is predicted, from 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The mean cross-entropy, in nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Both figures.</summary>
    public override string ToString() => Format.Text($"accuracy {Accuracy:P2}, log loss {LogLoss:G6}");
}
