namespace GradientDescent.Tests.Losses;

/// <summary>The bounds on the second derivative that losses give, compared with differences of their derivatives.</summary>
public sealed class MaxCurvatureTests
{
    private const double H = 1.0 / (1 << 13);

    // By hand: 2 for squares without ½, 1 with it and for δ²/cosh²(0)/δ², ¼ for σ(1 − σ), and ½ for two equally likely classes along
    // (1, −1)/√2. Each is reached at a point of the grid.
    public static TheoryData<ILoss, double> Bounds => new()
    {
        { new MeanSquaredError(), 2 },
        { new SquaredHingeLoss(), 2 },
        { new SquaredEpsilonInsensitiveLoss(), 2 },
        { new SquaredEpsilonInsensitiveLoss(0), 2 },
        { new HuberLoss(), 1 },
        { new HuberLoss(0.5), 1 },
        { new LogCoshLoss(), 1 },
        { new LogCoshLoss(0.5), 1 },
        { new BinaryCrossEntropy(), 0.25 },
        { new BinaryCrossEntropy(0.1), 0.25 },
        { new CategoricalCrossEntropy(), 0.5 },
        { new CategoricalCrossEntropy(0.1), 0.5 },
    };

    public static TheoryData<ILoss> Unbounded =>
        [new MeanAbsoluteError(), new QuantileLoss(0.5), new EpsilonInsensitiveLoss(), new HingeLoss(), new PoissonLoss()];

    // A difference quotient of a derivative is a mean of second derivatives, so it is at most their bound. It is below the value in the
    // middle by at most H²/6 times the fourth derivative, which is at most 2/δ² = 8 here: 2e-8. Rounding adds a few 2⁻⁵³ of a derivative of
    // at most 8, over 2H: 2e-11.
    [Theory]
    [MemberData(nameof(Bounds))]
    public void MaxCurvature_OfALossWithABound_IsReachedAndNotExceeded(ILoss loss, double expected)
    {
        int scores = loss is CategoricalCrossEntropy ? 2 : 1;
        double direction = Math.Sqrt(1.0 / scores), largest = 0;
        for (double at = -3; at <= 3; at += 0.25)
        {
            double[] before = new double[scores], after = new double[scores];
            loss.Evaluate(Point(at - H * direction), [1], [], before);
            loss.Evaluate(Point(at + H * direction), [1], [], after);
            largest = Math.Max(largest, Math.Sqrt(after.Zip(before, (a, b) => (a - b) * (a - b)).Sum()) / (2 * H));
        }

        loss.MaxCurvature.Should().Be(expected);
        largest.Should().BeInRange(expected - 3e-8, expected + 3e-11);

        double[] Point(double score) => scores == 1 ? [score] : [score, -score];
    }

    [Theory]
    [MemberData(nameof(Unbounded))]
    public void MaxCurvature_OfALossWithoutABound_IsNull(ILoss loss) => loss.MaxCurvature.Should().BeNull();

    [Fact]
    public void TheLists_HaveEveryLoss() => Bounds.Select(bound => bound.Data.Item1).Concat(Unbounded.Select(loss => loss.Data))
        .Select(loss => loss.GetType()).Distinct().Should().BeEquivalentTo(typeof(ILoss).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ILoss))));
}
