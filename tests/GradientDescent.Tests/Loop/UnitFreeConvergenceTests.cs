using GradientDescent.Tests.Support;

namespace GradientDescent.Tests;

/// <summary>Units of targets, features and weights decide neither when a run has converged nor where.</summary>
public class UnitFreeConvergenceTests
{
    private const double Tolerance = 1e-6;

    private static readonly double[] _x = [1, 2, 3.5, 4, 5, 7.5, 8, 9], _z = [3, -1, 4, 1, -5, 9, 2, 6];
    private static readonly double[] _y = [2.1, 3.8, 7.3, 7.9, 9.6, 17, 15.5, 30], _weights = [1, 2, 0.5, 1, 3, 1, 0, 1.5];

    /// <summary>Losses whose optimum is multiplied by the unit of the targets, in that unit.</summary>
    private static readonly Dictionary<string, Func<double, ILoss>> _losses = new()
    {
        ["squared error"] = _ => new MeanSquaredError(),
        ["Huber"] = unit => new HuberLoss(2 * unit),
        ["ln cosh"] = unit => new LogCoshLoss(2 * unit),
        ["squared insensitive"] = unit => new SquaredEpsilonInsensitiveLoss(0.5 * unit),
    };

    public static TheoryData<string> LossNames => [.. _losses.Keys];

    /// <summary>Exponents of ten for target, feature and weights: each alone, and 40 combinations.</summary>
    private static IEnumerable<(int Target, int Feature, int Weight)> Units()
    {
        for (int k = -8; k <= 8; k++)
        {
            yield return (k, 0, 0);
            yield return (0, k, 0);
            yield return (0, 0, k);
        }

        var random = new Random(1);
        for (int i = 0; i < 40; i++)
            yield return (random.Next(-8, 9), random.Next(-8, 9), random.Next(-8, 9));
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void Fit_InOtherUnits_EndsTheSameWayAtTheSameCoefficients(string name)
    {
        TrainingResult expected = FitIn(0, 0, 0);
        expected.Reason.Should().Be(StopReason.Converged);
        foreach ((int target, int feature, int weight) in Units())
        {
            TrainingResult result = FitIn(target, feature, weight);

            result.Reason.Should().Be(StopReason.Converged, "units are 1e{0}, 1e{1}, 1e{2}", target, feature, weight);
            double y = Math.Pow(10, target), x = Math.Pow(10, feature);
            double[] units = [y / x, y, y];
            for (int j = 0; j < 3; j++)
            {
                double inUnits = expected.Parameters[j] * units[j];
                result.Parameters[j].Should().BeApproximately(inUnits, Tolerance * Math.Abs(inUnits));
            }
        }

        TrainingResult FitIn(int target, int feature, int weight)
        {
            double y = Math.Pow(10, target), x = Math.Pow(10, feature), w = Math.Pow(10, weight);
            double[][] rows = [.. _x.Zip(_z, (a, b) => new[] { a * x, b })];
            var data = Dataset.From(rows, [.. _y.Select(t => t * y)], [.. _weights.Select(v => v * w)]);
            return new Trainer(new BatchGD(0.2)).Fit(new LinearRegression(), data, _losses[name](y));
        }
    }

    [Fact]
    public void PoissonFit_InOtherUnits_ShiftsItsIntercept()
    {
        double[] counts = [1.2, 1.7, 4.4, 7.1, 17, 20, 41, 60];
        double[] expected = FitIn(0);
        for (int k = -8; k <= 8; k++)
        {
            double[] found = FitIn(k);
            found[0].Should().BeApproximately(expected[0], Tolerance);
            found[1].Should().BeApproximately(expected[1] + k * Math.Log(10), Tolerance);
        }

        double[] FitIn(int exponent)
        {
            var data = Dataset.From(_x, [.. counts.Select(count => count * Math.Pow(10, exponent))]);
            var trainer = new Trainer(new Rprop(minStep: 1e-15), new() { MaxEpochs = 3000, StandardErrorTolerance = 1e-8 });
            TrainingResult result = trainer.Fit(new LinearRegression(), data, new PoissonLoss());
            result.Reason.Should().Be(StopReason.Converged, "the unit is 1e{0}", exponent);
            return [.. result.Parameters];
        }
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1)]
    [InlineData(1e8)]
    public void ExactFit_InAnyUnit_Converges(double unit)
    {
        // y = 2x: only rounding errors remain of the gradient, and they are compared with the size of the targets.
        double[] x = [1, 2, 3, 4], y = [.. x.Select(a => 2 * a * unit)];

        TrainingResult result = new Trainer(new BatchGD(0.1)).Fit(new LinearRegression(), Dataset.From(x, y));

        result.Reason.Should().Be(StopReason.Converged);
        result.Stop.Quantity.Should().Be("gradient in rounding errors");
        (result.Parameters[0] / unit).Should().BeApproximately(2, 1e-13);
    }

    [Fact]
    public void TargetsInMillions_HuberAtItsDefault_IsNotConvergedAtTheStart()
    {
        foreach (ILoss loss in new ILoss[] { new HuberLoss(), new LogCoshLoss() })
        {
            TrainingResult result = new Trainer(new BatchGD(0.1))
                .Fit(new LinearRegression(), Dataset.From([1, 2, 3, 4], [2e6, 4e6, 6e6, 8e6]), loss);

            result.Reason.Should().Be(StopReason.MaxEpochs);
            result.Diagnosis.Should().Contain("Unfinished: ");
        }
    }

    [Fact]
    public void SmallRates_OfPoisson_AreFound()
    {
        TrainingResult result = new Trainer(new Rprop())
            .Fit(new LinearRegression(), Dataset.From([1, 2, 3, 4], [1e-8, 2e-8, 4e-8, 8e-8]), new PoissonLoss());

        result.Parameters[0].Should().BeApproximately(Math.Log(2), 1e-6);
    }

    [Fact]
    public void RarePositives_ByATrainer_AreFittedToAMillionthOfAStandardError()
    {
        // Newton's method on the sums over all 20,000 samples, in the test.
        const int Count = 20_000;
        double[] x = [.. Enumerable.Range(0, Count).Select(i => 0.618033988749895 * i % 1)];
        double[] labels = [.. Enumerable.Range(0, Count).Select(i => i % 2000 == 7 ? 1.0 : 0)];
        (double slope, double intercept, double error) = NewtonLogistic(x, labels);

        var options = new TrainingOptions { Batching = Batching.Full, MaxEpochs = 5000 };
        TrainingResult result = new Trainer(new Nesterov(4, 0.999, restart: true), options)
            .Fit(new LogisticRegression(), Dataset.From(x, labels));

        result.Reason.Should().Be(StopReason.Converged);
        // The gradient's standard error is √(p(1−p)/n) and the curvature p(1−p): a millionth of a standard error in each of the two
        // directions, whose curvatures differ by less than 4 times.
        result.Parameters[0].Should().BeApproximately(slope, 8e-6 * error);
        result.Parameters[1].Should().BeApproximately(intercept, 8e-6 * error);
    }

    [Fact]
    public void StoppedRun_MeetsTheFormula_AndDidNotBefore()
    {
        // Two outputs, weights, raw features: the formula of StandardErrorTolerance as plain loops.
        double[][] rows = [.. _x.Zip(_z, (a, b) => new[] { a, 100 + b })], targets = [.. _y.Select((y, i) => new[] { y, 1e3 * _z[i] + i })];
        var data = Dataset.From(rows, targets, _weights);
        var fitOptions = new FitOptions { Scaling = FeatureScaling.None, Start = [1, 0.5, 0, 1000, 0, -100_000] };
        var options = new TrainingOptions { StandardErrorTolerance = 0.02, MaxSteps = 200_000 };
        TrainingRun run = new Trainer(new Nesterov(1e-4, 0.99), options)
            .CreateRun(new LinearRegression(outputCount: 2), data, options: fitOptions);
        double before = double.NaN, now = ShareOfStandardError([.. run.Parameters]);
        while (run.Advance())
            (before, now) = (now, ShareOfStandardError([.. run.Parameters]));

        run.Result.Reason.Should().Be(StopReason.Converged);
        now.Should().BeLessThanOrEqualTo(0.02);
        before.Should().BeGreaterThan(0.02);
        run.Result.Stop.Measured.Should().BeApproximately(now, 1e-9 * now);

        double ShareOfStandardError(double[] p)
        {
            double total = _weights.Sum(), effective = total * total / _weights.Sum(w => w * w), largest = 0;
            for (int k = 0; k < 2; k++)
            {
                // The loss of a sample is the mean of (ŷ − y)² over its two targets: r = ŷ − y.
                double[] r = [.. rows.Select((row, i) => p[2 * k] * row[0] + p[2 * k + 1] * row[1] + p[4 + k] - targets[i][k])];
                double rho = Math.Sqrt(r.Select((e, i) => _weights[i] * e * e).Sum() / total);
                for (int j = 0; j < 3; j++)
                {
                    double[] column = [.. rows.Select(row => j == 2 ? 1 : row[j])];
                    double mean = column.Select((v, i) => _weights[i] * v).Sum() / total;
                    double spread = j == 2 ? 1 : Math.Sqrt(column.Select((v, i) => _weights[i] * (v - mean) * (v - mean)).Sum() / total);
                    double gradient = r.Select((e, i) => _weights[i] * e * column[i]).Sum() / total;
                    largest = Math.Max(largest, Math.Abs(gradient) / (rho * spread / Math.Sqrt(effective)));
                }
            }

            return largest;
        }
    }

    [Fact]
    public void ConvergedLeastSquares_HasALossWithinTheDocumentedShareOfTheSmallest()
    {
        // Columns of condition numbers up to 10⁴ (of the Hessian): x₂ = x₁ + εz.
        var random = new Random(2);
        foreach (double epsilon in new[] { 1, 0.3, 0.1, 0.03, 0.025 })
        {
            const int Count = 40;
            double[][] rows = [.. Enumerable.Range(0, Count).Select(_ => random.NextDouble() - 0.5)
                .Select(a => new[] { a, a + epsilon * (random.NextDouble() - 0.5) })];
            double[] y = [.. rows.Select(row => row[0] - 2 * row[1] + random.NextDouble())];
            var data = Dataset.From(rows, y);
            var options = new TrainingOptions { Batching = Batching.Full, MaxEpochs = 1_000_000 };

            TrainingResult result = new Trainer(new BatchGD(0.2), options).Fit(new LinearRegression(), data);

            result.Reason.Should().Be(StopReason.Converged);
            double condition = FitAnalysis.From(new LinearRegression(), data).ConditionNumber;
            condition.Should().BeLessThan(1e4);
            double smallest = LinearRegression.FitAccurately(data).Result.Loss, share = 1e-12 * condition * 3 / Count;
            result.Loss.Should().BeLessThanOrEqualTo(smallest / (1 - share) * (1 + 1e-13));
        }
    }

    [Theory]
    [InlineData(0.03, false)]
    [InlineData(3e-4, true)]
    public void ConvergedOnColumnsThatNearlyDependOnEachOther_SaysHowFarTheMinimumIs(double epsilon, bool isNoted)
    {
        var random = new Random(3);
        double[][] rows = [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())
            .Select(a => new[] { a, a + epsilon * (random.NextDouble() - 0.5) })];
        var data = Dataset.From(rows, [.. rows.Select(row => row[0] + row[1] + random.NextDouble())]);

        double smallest = LinearRegression.FitAccurately(data).Result.Loss;
        var options = new TrainingOptions { Batching = Batching.Full, MaxEpochs = 10_000_000, StandardErrorTolerance = 1e-3 };
        TrainingResult result = new Trainer(new BatchGD(0.4), options).Fit(new LinearRegression(), data);

        result.Reason.Should().Be(StopReason.Converged);
        double share = 1 - smallest / result.Loss;
        if (!isNoted)
        {
            share.Should().BeLessThan(1e-2);
            return;
        }

        // Conjugate gradients are exact after as many steps as there are curvatures. The note has two digits.
        double noted = double.Parse(result.Note!.Split("about ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        noted.Should().BeApproximately(share, 0.06 * share);
    }

    [Fact]
    public void StandardErrorTolerance_ForAFunction_IsRefused()
    {
        var trainer = new Trainer(new BatchGD(0.1), new() { StandardErrorTolerance = 1e-3 });

        Action act = () => trainer.Minimize(Objective.From(p => p[0] * p[0]), [1]);

        act.Should().Throw<ArgumentException>().WithMessage("StandardErrorTolerance is 0.001: only the loss of a model on data*");
    }

    [Fact]
    public void StandardErrorTolerance_WithMiniBatches_EndsTheRunAtAnEpoch()
    {
        var data = Dataset.FromCsv(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), target: "target");
        var options = new TrainingOptions { StandardErrorTolerance = 1 };

        TrainingResult result = new Trainer(new MiniBatchSGD(0.003), options).Fit(new LinearRegression(), data);

        result.Reason.Should().Be(StopReason.Converged);
        result.Stop.Measured.Should().BeLessThanOrEqualTo(1);
        result.Steps.Should().Be(14 * result.Epochs).And.BeGreaterThan(0);
    }

    private static (double Slope, double Intercept, double StandardError) NewtonLogistic(double[] x, double[] labels)
    {
        double slope = 0, intercept = Math.Log(labels.Sum() / (labels.Length - labels.Sum())), variance = 0;
        for (int step = 0; step < 30; step++)
        {
            double gs = 0, gi = 0, ss = 0, si = 0, ii = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double p = 1 / (1 + Math.Exp(-(slope * x[i] + intercept))), r = p - labels[i], h = p * (1 - p);
                (gs, gi) = (gs + r * x[i], gi + r);
                (ss, si, ii) = (ss + h * x[i] * x[i], si + h * x[i], ii + h);
            }

            double determinant = ss * ii - si * si;
            slope -= (ii * gs - si * gi) / determinant;
            intercept -= (ss * gi - si * gs) / determinant;
            variance = ii / determinant;
        }

        return (slope, intercept, Math.Sqrt(variance));
    }
}
