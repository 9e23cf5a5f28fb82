using System.Collections.Immutable;
using GradientDescent.Kernels;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Models;

public sealed class LinearModelTests
{
    [Fact]
    public void SetParameters_TwoOutputsOfThreeFeatures_TakesWeightsOutputByOutputThenIntercepts()
    {
        var model = new LinearRegression(outputCount: 2);

        model.SetParameters([1, 2, 3, 4, 5, 6, 70, 80], columnCount: 3);

        model.Weights.Should().Equal(1, 2, 3, 4, 5, 6);
        model.Intercepts.Should().Equal(70, 80);
        model.Parameters.Should().Equal(1, 2, 3, 4, 5, 6, 70, 80);
        // (1, 10, 100)·(1, 2, 3) + 70 = 391, (1, 10, 100)·(4, 5, 6) + 80 = 734.
        model.Scores(1, 10, 100).Should().Equal(391, 734);
    }

    [Fact]
    public void SetParameters_WithoutIntercept_TakesWeightsAlone()
    {
        var model = new LinearRegression(outputCount: 2, intercept: false);

        model.SetParameters([1, 2, 3, 4], columnCount: 2);

        model.HasIntercept.Should().BeFalse();
        model.Weights.Should().Equal(1, 2, 3, 4);
        model.Intercepts.Should().Equal(0, 0);
        model.Scores(10, 1).Should().Equal(12, 34);
    }

    [Theory]
    [InlineData(1, 4, true, 5)]
    [InlineData(1, 4, false, 4)]
    [InlineData(3, 4, true, 15)]
    [InlineData(3, 4, false, 12)]
    public void ParameterCount_AnyShape_IsKTimesDPlusKIntercepts(int outputs, int columns, bool intercept, int expected) =>
        new LinearRegression(outputs, intercept).Layout(columns).Count.Should().Be(expected);

    [Fact]
    public void Predict_OneOutput_IsTheScore()
    {
        var model = new LinearRegression();
        model.SetParameters([2, -1, 0.5], 2);

        model.Predict(3, 4).Should().Be(2.5); // 6 − 4 + ½
        model.Intercept.Should().Be(0.5);
        model.PredictAll([[3, 4], [0, 0]]).Should().Equal(2.5, 0.5);
    }

    [Fact]
    public void Predict_LogisticAtItsBoundary_IsClassOne()
    {
        var model = new LogisticRegression();
        model.SetParameters([1, -2], 1); // score x − 2: ½ at 2

        model.PredictAll([[1.9], [2], [2.1]]).Should().Equal(false, true, true);
        model.PredictProbability(2).Should().Be(0.5);
        model.Intercept.Should().Be(-2);
    }

    [Theory]
    [InlineData(800, 1)]
    [InlineData(-800, 0)]
    public void PredictProbability_LogisticExtremeScores_IsStable(double score, double expected)
    {
        var model = new LogisticRegression(intercept: false);
        model.SetParameters([1], 1);

        model.PredictProbability(score).Should().Be(expected);
    }

    [Fact]
    public void PredictProbability_SoftmaxExtremeScores_IsStable()
    {
        var model = new SoftmaxRegression(3, intercept: false);
        model.SetParameters([800, -800, 0], 1);

        model.PredictProbability(1).Should().Equal(1, 0, 0);
        model.PredictProbability(-1).Should().Equal(0, 1, 0);
        model.PredictProbability(0).Should().OnlyContain(p => p == 1.0 / 3);
    }

    // K quotients by the rounded sum: each off by half a unit of 2⁻⁵³ at most, and the sum by K more.
    [Fact]
    public void PredictProbability_Softmax_AddsUpToOne()
    {
        var model = new SoftmaxRegression(5);
        model.SetParameters([.. Enumerable.Range(0, 20).Select(i => Math.ScaleB(i * 7 % 11 - 5, -2))], 3);
        for (int i = -20; i <= 20; i++)
            model.PredictProbability(i, 0.1 * i, -2).Sum().Should().BeApproximately(1, 10 * Math.ScaleB(1, -53));
    }

    // 1/(1 + e^−s) of a plain loop, as the library's exponential differs from the platform's by an ulp or two of numbers of size 1.
    [Fact]
    public void PredictProbabilities_Logistic_EqualsTheScalarLoop()
    {
        double[][] rows = Waves(25, 3);
        var model = new LogisticRegression();
        model.SetParameters([0.5, -2, 1.25, 0.75], 3);
        double[] expected = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            double score = 0.75;
            for (int j = 0; j < 3; j++)
                score += model.Weights[j] * rows[i][j];
            expected[i] = 1 / (1 + Math.Exp(-score));
        }

        ImmutableArray<double> probabilities = model.PredictProbabilities(rows);

        probabilities.ToArray().ShouldBeWithin(expected, relative: 4e-15);
        probabilities.Should().Equal(rows.Select(row => model.PredictProbability(row)));
        model.PredictProbabilities([]).Should().BeEmpty();
    }

    [Fact]
    public void PredictProbabilities_Softmax_EqualsTheScalarLoopRowByRow()
    {
        const int classes = 4, columns = 3;
        double[][] rows = Waves(25, columns);
        var model = new SoftmaxRegression(classes);
        model.SetParameters([.. Enumerable.Range(0, classes * (columns + 1)).Select(i => Math.ScaleB(i * 7 % 11 - 5, -2))], columns);

        ImmutableArray<ImmutableArray<double>> probabilities = model.PredictProbabilities(rows);

        probabilities.Should().HaveCount(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            double[] expected = new double[classes];
            double total = 0;
            for (int k = 0; k < classes; k++)
            {
                double score = model.Intercepts[k];
                for (int j = 0; j < columns; j++)
                    score += model.Weights[k * columns + j] * rows[i][j];
                expected[k] = Math.Exp(score);
                total += expected[k];
            }

            probabilities[i].ToArray().ShouldBeWithin([.. expected.Select(e => e / total)], relative: 4e-15);
            probabilities[i].Should().Equal(model.PredictProbability(rows[i]));
        }

        model.PredictProbabilities([]).Should().BeEmpty();
    }

    [Fact]
    public void Predict_SoftmaxTie_IsTheLowestClass()
    {
        var model = new SoftmaxRegression(3, intercept: false);
        model.SetParameters([0, 1, 1], 1);

        model.PredictAll([[1], [-1], [0]]).Should().Equal(1, 0, 0);
    }

    // Every output has its own weights, so one fit of two outputs is two fits. With none of the common scaling the arithmetic differs in
    // one thing: the mean over two targets halves each gradient, so twice the rate gives the same steps, and factors of two are exact.
    [Fact]
    public void Fit_TwoOutputs_EqualsTwoSeparateFits()
    {
        double[][] rows = [[1, 2], [3, -1], [0.5, 4], [-2, 0.3], [1, 1]];
        double[] first = [1, 2, -3, 0.7, 5], second = [10, -2, 4, 8, 0];
        var together = new LinearRegression(outputCount: 2);
        var options = new TrainingOptions { MaxSteps = 200, GradientTolerance = 0 };
        var fitOptions = new FitOptions { Scaling = FeatureScaling.None };
        new Trainer(new BatchGD(0.125), options)
            .Fit(together, Dataset.From(rows, [.. first.Zip(second, (a, b) => new[] { a, b })]), options: fitOptions);

        LinearRegression[] separate = [.. new[] { first, second }.Select(targets =>
        {
            var model = new LinearRegression();
            new Trainer(new BatchGD(0.0625), options).Fit(model, Dataset.From(rows, targets), options: fitOptions);
            return model;
        })];

        together.Weights.Should().Equal([.. separate[0].Weights, .. separate[1].Weights]);
        together.Intercepts.Should().Equal(separate[0].Intercept, separate[1].Intercept);
    }

    [Fact]
    public void Fit_WithoutIntercept_GoesThroughTheOrigin()
    {
        // min Σ(w·x − y)²: w = Σxy/Σx² = (2 + 8)/(1 + 4) = 2.
        var model = new LinearRegression(intercept: false);

        new Trainer(new BatchGD(0.5), new() { GradientTolerance = 1e-13 }).Fit(model, Dataset.From([1.0, 2], [2, 4]));

        model.Weights.Should().HaveCount(1);
        model.Weights[0].Should().BeApproximately(2, 1e-12);
        model.Intercept.Should().Be(0);
        model.Predict(0).Should().Be(0);
    }

    [Fact]
    public void Initialize_NoSpread_IsZero() => Start(new LinearRegression(3), 7).Should().OnlyContain(p => p == 0);

    [Fact]
    public void Initialize_Spread_FollowsFromTheSeedAndStaysWithin()
    {
        double[] start = Start(new LinearRegression(initialSpread: 0.5), 7);

        start.Should().Equal(Start(new LinearRegression(initialSpread: 0.5), 7));
        start.Should().OnlyContain(p => p >= -0.5 && p < 0.5).And.OnlyHaveUniqueItems();
        start.Should().NotEqual(Start(new LinearRegression(initialSpread: 0.5), 8));
        double[] wider = Start(new LogisticRegression(initialSpread: 1), 7);
        start.Should().Equal(wider.Select(p => p / 2), "the spread is a factor, and a power of two is exact");
    }

    // The mean of n numbers uniform on [−1, 1) has the standard deviation 1/√(3n); five of these.
    [Fact]
    public void Initialize_ManyParameters_AreCentered()
    {
        double[] start = new double[10_000];

        new SoftmaxRegression(2, initialSpread: 1).Initialize(start, 3);

        start.Average().Should().BeApproximately(0, 5 / Math.Sqrt(30_000));
        start.Max().Should().BeGreaterThan(0.99);
        start.Min().Should().BeLessThan(-0.99);
    }

    // Rows of any length, with and without padding, and a block in which rows repeat and are out of order.
    [Fact]
    public void PredictAndAddGradient_AnyWidth_EqualTheScalarLoopOnWholeNumbers()
    {
        var random = new Random(1);
        for (int columns = 1; columns < 40; columns++)
        {
            double[][] rows = [.. Enumerable.Range(0, 6).Select(_ => Whole(random, columns))];
            Dataset data = Dataset.From(rows, new double[6]);
            var model = new LinearRegression(outputCount: 2);
            int[] samples = [5, 0, 0, 3, 4, 1, 0]; // rows are taken four at a time: one such group and a rest
            double[] parameters = Whole(random, 2 * columns + 2), gradient = Whole(random, 2 * columns + 2);
            double[] derivatives = Whole(random, 14), scores = new double[14];
            double[] expectedScores = new double[14], expectedGradient = [.. gradient]; // sums of small whole numbers: exact in any order
            for (int i = 0; i < samples.Length; i++)
            {
                for (int k = 0; k < 2; k++)
                {
                    expectedScores[2 * i + k] = parameters[2 * columns + k]
                        + Enumerable.Range(0, columns).Sum(j => rows[samples[i]][j] * parameters[k * columns + j]);
                    expectedGradient[2 * columns + k] += derivatives[2 * i + k];
                    for (int j = 0; j < columns; j++)
                        expectedGradient[k * columns + j] += derivatives[2 * i + k] * rows[samples[i]][j];
                }
            }

            data.View(samples, [], isReadOnce: false, new RowBuffer(0, columns), out FeatureRows block);
            IModel contract = model;
            contract.Predict(parameters, in block, scores, []);
            contract.AddGradient(parameters, in block, derivatives, gradient, []);

            scores.Should().Equal(expectedScores);
            gradient.Should().Equal(expectedGradient);
        }
    }

    private static double[][] Waves(int count, int columns) =>
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, columns).Select(j => 3 * Math.Sin(i * (1.7 + 0.37 * j))).ToArray())];

    private static double[] Whole(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (double)random.Next(-9, 10))];

    private static double[] Start(LinearModel model, long seed)
    {
        double[] parameters = new double[model.Layout(4).Count];
        model.Initialize(parameters, seed);
        return parameters;
    }
}
