using GradientDescent.Tests.Contracts;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests;

/// <summary>With <see cref="SparseUpdates.Touched"/> a batch moves the parameters that it depends on, and no others.</summary>
public class TouchedUpdatesTests
{
    private const int Columns = 12;

    public static TheoryData<string> Optimizers => [.. AllOptimizers.ByName
        .Where(one => one.Value() is ISparseOptimizer { TakesSparseGradients: true } && !one.Value().Batching.IsFull)
        .Select(one => one.Key)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ColumnThatIsNeverPresent_NeverMoves(string name)
    {
        Dataset data = Data(out double[] start);
        var options = new TrainingOptions { SparseUpdates = SparseUpdates.Touched, Batching = Batching.Mini(3), MaxEpochs = 4 };
        var penalized = new EmpiricalRisk(new LogisticRegression(), new BinaryCrossEntropy(), data, new ElasticNetPenalty(0.1));

        TrainingRun run = new Trainer(AllOptimizers.ByName[name](), options).CreateRun(penalized, start);
        run.Complete();

        for (int j = 0; j < Columns; j++)
            (run.Parameters[j] == start[j]).Should().Be(j % 4 == 3, "column {0} is {1}present", j, j % 4 == 3 ? "never " : "");
    }

    // A plain loop with Adam's formula, on the parameters that a row has.
    [Fact]
    public void AdamsSteps_AreThoseOfTheFormulaOnTheParametersOfTheRow()
    {
        Dataset data = Data(out double[] start);
        var adam = new Adam(0.1);
        var options = new TrainingOptions
        {
            SparseUpdates = SparseUpdates.Touched,
            Batching = Batching.Mini(1),
            Order = SampleOrder.Sequential,
            MaxEpochs = 1,
        };
        double[] expected = [.. start], m = new double[start.Length], v = new double[start.Length];
        for (int t = 1; t <= data.SampleCount; t++)
        {
            ReadOnlySpan<double> row = data.Features(t - 1);
            double score = expected[^1];
            for (int j = 0; j < Columns; j++)
                score += row[j] * expected[j];
            double slope = 1 / (1 + Math.Exp(-score)) - data.Targets(t - 1)[0];
            for (int j = 0; j <= Columns; j++)
            {
                double x = j < Columns ? row[j] : 1;
                if (x == 0)
                    continue;
                m[j] = 0.9 * m[j] + 0.1 * slope * x;
                v[j] = 0.999 * v[j] + 0.001 * slope * x * slope * x;
                double root = Math.Sqrt(v[j] / (1 - Math.Pow(0.999, t)));
                expected[j] -= 0.1 * (m[j] / (1 - Math.Pow(0.9, t))) / (root + 1e-8);
            }
        }

        TrainingRun run = new Trainer(adam, options)
            .CreateRun(new EmpiricalRisk(new LogisticRegression(), new BinaryCrossEntropy(), data), start);
        run.Complete();

        run.Parameters.ShouldBeWithin(expected, 1e-12);
    }

    [Fact]
    public void WhatHasNoSparseForm_IsRefusedByName()
    {
        Dataset data = Data(out _), dense = Dataset.From([[1.0, 0], [0, 1]], [0.0, 1]);
        IOptimizer adam = new Adam(), sgd = new SGD();

        Refuses(SparseUpdates.Exact, adam, data,
            "SparseUpdates is Exact: Adam moves parameters whose gradient is 0; SparseUpdates.Touched*");
        Refuses(SparseUpdates.Exact, new AdaGrad(), data, "*AdaGrad with a penalty has no closed form*", new L2Penalty(0.1));
        Refuses(SparseUpdates.Exact, new WeightDecay(new SGD(), 0.1), data, "*WeightDecay has no step for some of the parameters*");
        Refuses(SparseUpdates.Exact, sgd, data, "*clipping with a penalty depends on all parameters*", new L2Penalty(0.1),
            GradientClipping.ByNorm(1));
        Refuses(SparseUpdates.Exact, sgd, data, "*only clipping by norm and by value has a sparse form*", null, new GradientNoise(0.1));
        Refuses(SparseUpdates.Exact, sgd, data, "*must be less than 1*", new L2Penalty(1000));
        Refuses(SparseUpdates.Exact, sgd, data, "*the penalty is not a sum over the parameters*", new BoxConstraint(-1, 1));
        Refuses(SparseUpdates.Exact, new NormalizedAdaptiveGradient(), data, "*has no form with a penalty*", new L2Penalty(1));
        Refuses(SparseUpdates.Touched, new Prodigy(), data, "*Prodigy has no step for some of the parameters*");
        Refuses(SparseUpdates.Touched, adam, dense, "*it needs sparse data and a linear model*");

        static void Refuses(SparseUpdates mode, IOptimizer optimizer, Dataset data, string message, IPenalty? penalty = null,
            IGradientTransform? transform = null)
        {
            var options = new TrainingOptions
            {
                SparseUpdates = mode,
                Batching = Batching.Mini(1),
                MaxEpochs = 1,
                GradientTransforms = transform is null ? [] : [transform],
            };
            FitOptions fit = new() { Penalty = penalty, Scaling = FeatureScaling.None };
            LogisticRegression model = new();
            ((Action)(() => new Trainer(optimizer, options).Fit(model, data, options: fit))).Should().Throw<ArgumentException>()
                .WithMessage(message).WithParameterName("SparseUpdates");
            model.IsFitted.Should().BeFalse();
        }
    }

    // Nothing is refused with the default: such a run makes its steps on all parameters.
    [Fact]
    public void AutomaticUpdates_AreTheStepsOnAllParameters_WhereThereIsNoSparseForm()
    {
        Dataset data = Data(out double[] start), dense = Dataset.From(
            [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i).ToArray())],
            [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])]);
        var options = new TrainingOptions { Batching = Batching.Mini(2), MaxEpochs = 3 };

        Train(data).ShouldBeWithin(Train(dense), 1e-12, 1e-12);

        double[] Train(Dataset samples)
        {
            TrainingRun run = new Trainer(new Adam(0.05), options)
                .CreateRun(new EmpiricalRisk(new LogisticRegression(), new BinaryCrossEntropy(), samples), start);
            run.Complete();
            return [.. run.Parameters];
        }
    }

    /// <summary>Returns samples in which each fourth column is never present, and each other one somewhere.</summary>
    private static Dataset Data(out double[] start)
    {
        var random = new Random(6);
        double[][] rows = [.. Enumerable.Range(0, 30).Select(i => Enumerable.Range(0, Columns)
            .Select(j => j % 4 != 3 && (i % Columns == j || random.Next(4) == 0) ? random.Next(1, 5) / 2.0 : 0).ToArray())];
        start = [.. Enumerable.Range(0, Columns + 1).Select(j => Math.Cos(j) / 2)];
        return SparseData.From(rows, [.. rows.Select((_, i) => (double)(i * 7 % 3 == 0 ? 1 : 0))]);
    }
}
