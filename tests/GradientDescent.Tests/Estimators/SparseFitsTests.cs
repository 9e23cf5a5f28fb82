using GradientDescent.Tests.Support;

namespace GradientDescent.Tests;

/// <summary>Fits of sparse data: those in one call, and those of a trainer with each scaling.</summary>
public class SparseFitsTests
{
    private const int Samples = 60;
    private const int Features = 7;

    [Fact]
    public void LinearFit_OfFewColumns_IsThatOfTheDenseData()
    {
        (Dataset sparse, Dataset dense) = Data(x => 3 + 2 * x[0] - x[3] + 0.1 * Math.Sin(50 * x.Sum()));

        LinearFit actual = LinearRegression.Fit(sparse), expected = LinearRegression.Fit(dense);

        actual.Weights.ShouldBeWithin(expected.Weights, 1e-12);
        actual.Statistics.RSquared.Should().BeApproximately(expected.Statistics.RSquared, 1e-13);
        LinearRegression.FitAccurately(sparse).Model.Parameters.Should().Equal(LinearRegression.FitAccurately(dense).Model.Parameters);
    }

    [Fact]
    public void Classifiers_OfFewColumns_AreThoseOfTheDenseData()
    {
        (Dataset sparse, Dataset dense) = Data(x => x[0] + x[1] + Math.Sin(70 * x.Sum()) > 0.4 ? 1 : 0);

        LogisticRegression.Fit(sparse).Model.Parameters.ShouldBeWithin(LogisticRegression.Fit(dense).Model.Parameters, 1e-8, 1e-8);
        LogisticRegression.Fit(sparse, penalty: new L1Penalty(0.02)).Model.Weights
            .ShouldBeWithin(LogisticRegression.Fit(dense, penalty: new L1Penalty(0.02)).Model.Weights, 1e-5, 1e-6);
        SoftmaxRegression.Fit(sparse, penalty: new L2Penalty(0.1)).Model.Weights
            .ShouldBeWithin(SoftmaxRegression.Fit(dense, penalty: new L2Penalty(0.1)).Model.Weights, 1e-6, 1e-7);
    }

    // The exact minimum does not depend on the scaling, because the penalty is in the user's units.
    [Theory]
    [InlineData(FeatureScaling.None)]
    [InlineData(FeatureScaling.Standardize)]
    [InlineData(FeatureScaling.LargestMagnitude)]
    [InlineData(FeatureScaling.Decorrelate)]
    public void Trainer_WithEachScaling_FindsTheSameMinimum(FeatureScaling scaling)
    {
        (Dataset sparse, Dataset dense) = Data(x => x[0] - 40 * x[1] + Math.Cos(9 * x.Sum()));
        FitOptions options = new() { Scaling = scaling, Penalty = new L2Penalty(0.05) };
        LinearRegression expected = new(), actual = new();
        var trainer = new Trainer(new TrainingOptions { GradientTolerance = 1e-12, MaxSteps = 5000 });

        trainer.Fit(expected, dense, options: new() { Scaling = FeatureScaling.Standardize, Penalty = new L2Penalty(0.05) });
        trainer.Fit(actual, sparse, options: options);

        actual.Weights.ShouldBeWithin(expected.Weights, 1e-6, 1e-7);
        actual.Intercept.Should().BeApproximately(expected.Intercept, 1e-6);
        actual.Method!.Scaling.Should().Be(scaling);
    }

    [Fact]
    public void ScalingOfSparseData_IsByTheLargestMagnitude_UnlessAnotherIsAskedFor()
    {
        (Dataset sparse, _) = Data(x => x.Sum());
        LinearRegression model = new();

        new Trainer(new MiniBatchSGD(0.05), new() { MaxEpochs = 2 }).Fit(model, sparse);

        model.Method!.Scaling.Should().Be(FeatureScaling.LargestMagnitude);
    }

    // A scale of each column makes an L2 strength of each: then the sparse form needs a constant rate.
    [Fact]
    public void PenalizedFitWithScaledColumns_IsExactAtAConstantRate_AndRefusedByNameOtherwise()
    {
        (Dataset sparse, Dataset dense) = Data(x => x[0] + x[1] > 0.5 ? 1 : 0);
        FitOptions options = new() { Penalty = new ElasticNetPenalty(2e-4, 0.3), Scaling = FeatureScaling.LargestMagnitude };
        var exact = new TrainingOptions { MaxEpochs = 9, SparseUpdates = SparseUpdates.Exact };

        LastParameters(sparse).ShouldBeWithin(LastParameters(dense), 1e-12, 1e-12);
        Action withSchedule = () => new Trainer(new SGD(0.1), exact with { Schedule = new CosineDecay(Horizon.Fraction(1)) })
            .Fit(new LogisticRegression(), sparse, options: options);
        withSchedule.Should().Throw<ArgumentException>().WithMessage("SparseUpdates is Exact: the L2 penalty differs between the scaled " +
            "features, so it has a closed form at a constant rate only; use FeatureScaling.None.*");

        double[] LastParameters(Dataset data)
        {
            TrainingRun run = new Trainer(new SGD(0.1), exact).CreateRun(new LogisticRegression(), data, options: options);
            run.Complete();
            return [.. run.Parameters];
        }
    }

    [Fact]
    public void WideSparseData_IsFittedWithoutABasis_AndHasNoStatistics()
    {
        const int Wide = 5000;
        var random = new Random(4);
        double[][] rows = [.. Enumerable.Range(0, 300).Select(_ => new double[Wide])];
        foreach (double[] row in rows)
        {
            for (int k = 0; k < 20; k++)
                row[random.Next(Wide)] = 1;
            row[random.Next(2)] = 1;
        }

        Dataset classes = SparseData.From(rows, [.. rows.Select((row, i) => row[0] > row[1] != (i % 10 == 0) ? 1.0 : 0)]),
            numbers = SparseData.From(rows, [.. rows.Select(row => 2 * row[0] - row[1] + row[7])]);

        LogisticFit logistic = LogisticRegression.Fit(classes, penalty: new L2Penalty(0.01));
        LinearFit linear = LinearRegression.Fit(numbers);

        logistic.Result.Reason.Should().Be(StopReason.Converged);
        logistic.Metrics.Accuracy.Should().BeGreaterThan(0.9);
        LogisticRegression.Fit(classes).Result.Reason.Should().Be(StopReason.Separable);
        linear.Metrics.RSquared.Should().BeGreaterThan(0.999); // more columns than rows: the targets can be met
        ((Action)(() => _ = linear.Statistics)).Should().Throw<ArgumentException>()
            .WithMessage("Computing standard errors needs a dense copy of the features in memory, and 300 × 5000 sparse features*");
        ((Action)(() => LinearRegression.FitAccurately(numbers))).Should().Throw<ArgumentException>().WithMessage("*Use Fit.*");
        FitOptions decorrelate = new() { Scaling = FeatureScaling.Decorrelate };
        ((Action)(() => new Trainer(new Adam()).Fit(new LinearRegression(), numbers, options: decorrelate)))
            .Should().Throw<ArgumentException>().WithMessage("FeatureScaling.Decorrelate needs a dense copy*");
    }

    // Two equal rows of different classes keep the loss above (2/n)ln 2. The sign of the second column separates all others.
    [Fact]
    public void WideSparseData_ThatIsSeparableInPart_IsNotCalledAFitWithoutANote()
    {
        const int Wide = 2000, Count = 100;
        double[][] rows = [.. Enumerable.Range(0, Count).Select(i => new double[Wide])];
        double[] classes = [.. Enumerable.Range(0, Count).Select(i => (double)(i % 2))];
        rows[0][0] = rows[1][0] = 1;
        for (int i = 2; i < Count; i++)
            (rows[i][1], rows[i][2 + i]) = (i % 2 == 0 ? -1 : 1, 1);

        LogisticFit fit = LogisticRegression.Fit(SparseData.From(rows, classes));

        fit.Result.Loss.Should().BeGreaterThan(2 * Math.Log(2) / Count);
        fit.Result.Note.Should().Contain("a penalty, such as L2Penalty, keeps them finite", fit.Result.ToString());
        LogisticRegression.Fit(SparseData.From(rows, classes), penalty: new L2Penalty(0.01)).Result.Note.Should().BeNullOrEmpty();
    }

    // Where most columns are 0, the optimised problem is that of the other columns, so that the bits are equal.
    [Theory]
    [InlineData(null)]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void Trainer_OfDataWithMostlyColumnsOfZeros_FitsTheOtherColumns(double? l2Strength)
    {
        const int Spread = 3, Wide = Features * Spread + 1;
        var random = new Random(5);
        double[][] rows = [.. Enumerable.Range(0, Samples).Select(_ => new double[Features])],
            wide = [.. rows.Select(_ => new double[Wide])];
        double[] targets = [.. rows.Select(_ => random.NextDouble())], weights = [0, .. Enumerable.Repeat(1.0, Samples - 1)];
        for (int i = 0; i < Samples; i++)
        {
            for (int j = i % 2; j < Features; j += 2)
                wide[i][Spread * j + 1] = rows[i][j] = 4 * random.NextDouble() - 2;
        }

        wide[0][0] = 7; // its sample has the weight 0
        double[] start = [1, 2, 3, 4, 5, 6, 7, 8], wideStart = [.. new double[Wide], 8];
        for (int j = 0; j < Features; j++)
            wideStart[Spread * j + 1] = start[j];
        IPenalty? penalty = l2Strength is { } strength ? new ElasticNetPenalty(0.01, strength) : null;
        LinearRegression expected = new(), actual = new();
        var trainer = new Trainer(new MiniBatchSGD(0.05), new() { MaxEpochs = 5, Seed = 1 });

        trainer.Fit(expected, SparseData.From(rows, targets, weights), options: new() { Penalty = penalty, Start = [.. start] });
        trainer.Fit(actual, SparseData.From(wide, targets, weights), options: new() { Penalty = penalty, Start = [.. wideStart] });

        actual.Weights.Should().Equal(
            Enumerable.Range(0, Wide).Select(j => j % Spread == 1 ? expected.Weights[j / Spread] : 0));
        actual.Intercept.Should().Be(expected.Intercept);
    }

    private static (Dataset Sparse, Dataset Dense) Data(Func<double[], double> target)
    {
        var random = new Random(12);
        double[][] rows = [.. Enumerable.Range(0, Samples).Select(_ => Enumerable.Range(0, Features)
            .Select(j => random.Next(3) == 0 ? (j == 1 ? 0.01 : 1 + j) * (random.NextDouble() + 0.1) : 0).ToArray())];
        double[] targets = [.. rows.Select(target)];
        return (SparseData.From(rows, targets), Dataset.From(rows, targets));
    }
}
