using GradientDescent.Tests.Contracts;

namespace GradientDescent.Tests.SampleRules;

/// <summary>The normalised rule: its formula in a plain loop, scales of features, and weights.</summary>
public class NormalizedAdaptiveGradientTests
{
    private static readonly double[][] _rows = [.. Enumerable.Range(0, 40)
        .Select(i => Enumerable.Range(0, 3).Select(j => i % 5 == j ? 0 : HashedWork.Wave(7 * i + 5 * j + 3)).ToArray())];

    private static readonly double[] _targets = [.. Enumerable.Range(0, 40).Select(i => HashedWork.Wave(3 * i))];

    private static readonly double[] _weights = [.. Enumerable.Range(0, 40).Select(i => i % 4 * 0.75)];

    [Theory]
    [InlineData(false, 1, false)]
    [InlineData(true, 1, false)]
    [InlineData(true, 7, false)]
    [InlineData(false, 1, true)]
    [InlineData(true, 7, true)]
    public void Minimize_OfSquaredErrors_FollowsThePlainLoop(bool weighted, int size, bool invariant)
    {
        var risk = new EmpiricalRisk(
            new LinearRegression(), new MeanSquaredError(), Dataset.From(_rows, _targets, weighted ? _weights : null));
        var options = new TrainingOptions { MaxEpochs = 2, Order = SampleOrder.Sequential };

        TrainingResult result = new Trainer(new NormalizedAdaptiveGradient(0.3, size, invariant), options).Minimize(risk, new double[4]);

        // With squared errors the score approaches the target as exp(−2κτ), so the integral of 2(p − y) is (p − y)(1 − exp(−2κh))/κ.
        double[] at = new double[4], scale = new double[4], squares = new double[4];
        double norm = 0, time = 0;
        for (int step = 0; step < 80; step++)
        {
            double[] x = [.. _rows[step % 40], 1];
            double h = weighted ? _weights[step % 40] : 1;
            if (h == 0)
                continue;
            for (int j = 0; j < 4; j++)
            {
                if (Math.Abs(x[j]) > scale[j])
                    (at[j], scale[j]) = (at[j] * scale[j] / Math.Abs(x[j]), Math.Abs(x[j]));
            }

            norm += h * Enumerable.Range(0, 4).Where(j => x[j] != 0).Sum(j => x[j] * x[j] / (scale[j] * scale[j]));
            time += h;
            double error = Enumerable.Range(0, 4).Sum(j => at[j] * x[j]) - _targets[step % 40];
            for (int j = 0; j < 4; j++)
                squares[j] += h * Math.Pow(2 * error * x[j], 2);
            double[] moves = [.. Enumerable.Range(0, 4)
                .Select(j => squares[j] == 0 ? 0 : 0.3 * Math.Sqrt(time / norm) * x[j] / (scale[j] * Math.Sqrt(squares[j])))];
            double speed = Enumerable.Range(0, 4).Sum(j => moves[j] * x[j]);
            double integral = invariant ? error * (1 - Math.Exp(-2 * speed * h)) / speed : 2 * error * h;
            for (int j = 0; j < 4; j++)
                at[j] -= moves[j] * integral;
        }

        for (int j = 0; j < 4; j++)
            result.LastFiniteParameters[j].Should().BeApproximately(at[j], 1e-11);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Minimize_WithAFeatureTimesAPowerOfTwo_GivesTheSamePredictionsToTheBit(bool invariant)
    {
        foreach (int power in (int[])[-40, 1, 30])
        {
            double factor = Math.ScaleB(1, power);
            double[] plain = Fit(_rows), scaled = Fit([.. _rows.Select(row => new[] { row[0], factor * row[1], row[2] })]);

            scaled[1] *= factor;
            scaled.Should().Equal(plain, "the power is {0}", power);
        }

        double[] Fit(double[][] rows) => [.. new Trainer(
            new NormalizedAdaptiveGradient(importanceInvariant: invariant), new() { MaxEpochs = 3 })
            .Minimize(new EmpiricalRisk(new LinearRegression(), new HuberLoss(1), Dataset.From(rows, _targets)), new double[4])
            .LastFiniteParameters];
    }

    public static TheoryData<ILoss, double, double[]> Losses => new()
    {
        { new MeanSquaredError(), 0.7, [2.5] },
        { new BinaryCrossEntropy(), 1, [-3.0] },
        { new LogCoshLoss(), 0.7, [9.0] },
        { new CategoricalCrossEntropy(), 2, [1, 0.5, -0.25] },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void Flow_OfTwoWeights_IsThatOfTheirSum(ILoss loss, double target, double[] start)
    {
        foreach ((double first, double second, double speed) in ((double, double, double)[])[(1, 1, 0.5), (0.3, 5, 1), (2, 50, 3)])
        {
            double[] once = Flow(loss, target, start, first + second, speed);
            double[] twice = Flow(loss, target, Flow(loss, target, start, first, speed), second, speed);

            for (int k = 0; k < once.Length; k++)
                twice[k].Should().BeApproximately(once[k], 1e-12 * Math.Max(1, Math.Abs(start[k])));
        }
    }

    [Fact]
    public void Flow_OfKnownLosses_IsTheClosedForm()
    {
        // Squared: p = y + (p₀ − y)exp(−2κh). Logistic with the target 0, dp/dτ = −κ/(1 + e⁻ᵖ): p − e⁻ᵖ falls by κh.
        Flow(new MeanSquaredError(), 1, [4], 2, 0.5)[0].Should().BeApproximately(1 + 3 * Math.Exp(-2), 1e-12);
        double p = Flow(new BinaryCrossEntropy(), 0, [2], 3, 0.5)[0];
        (p - Math.Exp(-p)).Should().BeApproximately(2 - Math.Exp(-2) - 1.5, 1e-12);
    }

    // The closed form against the integration, whose error per step is 1e-14 of the fall.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Descent_OfKnownLosses_IsTheIntegral(double target)
    {
        foreach (PointwiseLoss loss in (PointwiseLoss[])[new MeanSquaredError(), new BinaryCrossEntropy()])
        {
            foreach (double start in (double[])[-30, -2, -0.01, 0, 0.5, 3, 20])
            {
                foreach (double time in (double[])[1e-9, 0.01, 0.7, 12])
                {
                    double expected = start - Flow(loss, target, [start], time, speed: 1)[0], fall = loss.Descent(start, target, time);

                    // The integral was subtracted from the start, so it has the rounding of the start.
                    double tolerance = 1e-12 * Math.Abs(expected) + 4e-16 * Math.Abs(start);
                    fall.Should().BeApproximately(expected, tolerance, "{0} {1} {2}", loss, start, time);
                }
            }
        }

        new BinaryCrossEntropy(labelSmoothing: 0.1).Descent(1, target, 1).Should().Be(double.NaN);
        new LogCoshLoss().Descent(1, target, 1).Should().Be(double.NaN);
    }

    // e^−p overflows at p = −800; the fall of a label 0 is then below the smallest number, and that of a label 1 is all of the time.
    [Fact]
    public void Descent_OfScoresWithoutExponential_IsFinite()
    {
        var loss = new BinaryCrossEntropy();

        loss.Descent(-800, 0, 5).Should().Be(0);
        loss.Descent(-800, 1, 5).Should().Be(-5);
        loss.Descent(800, 0, 5).Should().Be(5);
        loss.Descent(800, 0, 900).Should().BeInRange(800, 810); // to where p − e^−p is −100
    }

    [Fact]
    public void Flow_AtACorner_EndsAtTheMinimum()
    {
        // |p − 1| from 4: reached after 3 units of κh, and not passed afterwards. The hinge at 1 has no slope beyond it.
        Flow(new MeanAbsoluteError(), 1, [4], 2, 1)[0].Should().BeApproximately(2, 1e-12);
        Flow(new MeanAbsoluteError(), 1, [4], 1000, 1)[0].Should().BeApproximately(1, 1e-10);
        Flow(new HingeLoss(), 1, [-2], 1000, 1)[0].Should().BeApproximately(1, 1e-10);
    }

    private static double[] Flow(ILoss loss, double target, double[] start, double weight, double speed)
    {
        IModel model = start.Length == 1 ? new LinearRegression() : new SoftmaxRegression(start.Length);
        ILinearObjective rows = new EmpiricalRisk(model, loss, Dataset.From([1], [target]));
        double[] integral = new double[start.Length], speeds = [.. start.Select(_ => speed)];
        SampleBatch sample = SampleBatch.FromRange(0, 1);
        new ScoreFlow(start.Length).Integrate(rows, in sample, 1, start, speeds, weight, integral);
        return [.. start.Select((p, k) => p - speed * integral[k])];
    }
}
