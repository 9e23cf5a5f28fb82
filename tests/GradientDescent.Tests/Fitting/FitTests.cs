namespace GradientDescent.Tests.Fitting;

/// <summary>Fitting a model to data: scaling, the start, weights, divergence and the history.</summary>
public class FitTests
{
    private static readonly Dataset _data = SineData.Create(50);

    [Theory]
    [InlineData(FeatureScaling.Standardize)]
    [InlineData(FeatureScaling.Decorrelate)]
    public void Fit_WithAndWithoutScaling_FindsTheSameOptimum(FeatureScaling scaling)
    {
        // Both stop at a gradient norm of 1e-10; the curvature of this problem is at least 0.1 in every direction, so both are within 1e-9
        // of the optimum in their own coordinates, whose scales here are between 0.3 and 3.
        LinearRegression plain = Converged(FeatureScaling.None), scaled = Converged(scaling);

        for (int i = 0; i < plain.Parameters.Length; i++)
            scaled.Parameters[i].Should().BeApproximately(plain.Parameters[i], 1e-8);
    }

    [Fact]
    public void Fit_WithScaling_ReportsLossesInTheUsersUnits()
    {
        var model = new LinearRegression();

        TrainingResult result = new Trainer(new BatchGD(0.1), new() { MaxEpochs = 30 }).Fit(model, _data);

        // The same number by another route: the rounding of 50 samples, relative 50 · 8 · 2⁻⁵³ < 1e-13, more where the fit is close.
        result.Loss.Should().BeApproximately(model.Evaluate(_data).MeanSquaredError, 1e-9 * result.History[0].Loss);
        result.History[0].Loss.Should().BeApproximately(Variance(_data), 1e-12 * Variance(_data)); // zero weights predict the mean
    }

    [Fact]
    public void Fit_FromAGivenStart_BeginsThere()
    {
        foreach (FeatureScaling scaling in Enum.GetValues<FeatureScaling>())
        {
            var model = new LinearRegression();
            var options = new TrainingOptions { MaxSteps = 0 };
            var fitOptions = new FitOptions { Start = [0.5, -2, 3, 4], Scaling = scaling };

            new Trainer(new BatchGD(), options).Fit(model, _data, options: fitOptions);

            for (int i = 0; i < 4; i++)
                model.Parameters[i].Should().BeApproximately(fitOptions.Start[i], 1e-13 * 4 * 8); // there and back again
        }
    }

    [Fact]
    public void Fit_WithAConstantColumn_GivesItCoefficientZeroAndANote()
    {
        Dataset data = Dataset.From([[1, 7], [2, 7], [3, 7], [4, 7]], [2, 4, 6, 8], featureNames: ["time", "stuck"]);
        foreach (FeatureScaling scaling in (FeatureScaling[])[FeatureScaling.Standardize, FeatureScaling.Decorrelate])
        {
            var model = new LinearRegression(initialSpread: 1);

            TrainingResult result = new Trainer(new BatchGD(0.5)).Fit(model, data, options: new() { Scaling = scaling });

            model.Weights[1].Should().Be(0);
            model.Predict(5, 7).Should().BeApproximately(10, 1e-5);
            result.Note.Should().Contain("stuck").And.NotContain("time");
        }
    }

    [Fact]
    public void Fit_WithoutIntercept_GoesThroughTheOrigin()
    {
        // Least squares without intercept: Σxy/Σx² = (1·2 + 2·3 + 3·7)/(1 + 4 + 9) = 29/14.
        foreach (FeatureScaling scaling in Enum.GetValues<FeatureScaling>())
        {
            var model = new LinearRegression(intercept: false);

            new Trainer(new BatchGD(0.05), new() { GradientTolerance = 1e-12 })
                .Fit(model, Dataset.From([1.0, 2, 3], [2.0, 3, 7]), options: new() { Scaling = scaling });

            model.Parameters.Should().HaveCount(1);
            model.Weights[0].Should().BeApproximately(29.0 / 14, 1e-11);
        }
    }

    [Fact]
    public void Fit_WithWeights_EqualsCopies()
    {
        Dataset weighted = Dataset.From([[1.0], [2], [4]], [1, 3, 2], weights: [1, 3, 2]);
        Dataset copies = Dataset.From([[1.0], [2], [2], [2], [4], [4]], [1, 3, 3, 3, 2, 2]);
        foreach (FeatureScaling scaling in Enum.GetValues<FeatureScaling>())
        {
            LinearRegression a = new(), b = new();
            var trainer = new Trainer(new BatchGD(0.05), new() { MaxEpochs = 40 });

            trainer.Fit(a, weighted, options: new() { Scaling = scaling });
            trainer.Fit(b, copies, options: new() { Scaling = scaling });

            for (int i = 0; i < 2; i++)
                a.Parameters[i].Should().BeApproximately(b.Parameters[i], 1e-12); // 40 steps on 6 numbers of size 1
        }
    }

    [Fact]
    public void Fit_ThatDiverges_LeavesFiniteParametersInTheModel()
    {
        var model = new LinearRegression();

        TrainingResult result = new Trainer(new SGD(1e6)).Fit(model, _data);

        result.Reason.Should().Be(StopReason.Diverged);
        model.Parameters.Should().OnlyContain(p => double.IsFinite(p));
        model.Parameters.Should().Equal(result.Parameters);
    }

    [Fact]
    public void Fit_OfALongRun_KeepsABoundedHistoryWithFirstAndLastEpoch()
    {
        TrainingResult result = new Trainer(new BatchGD(0.001), new() { MaxEpochs = 5000 }).Fit(new LinearRegression(), _data);

        result.History.Length.Should().BeInRange(512, 1025);
        result.History[0].Epoch.Should().Be(0);
        result.History[^1].Epoch.Should().Be(5000);
        result.History.Select(h => h.Epoch).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Fit_OfAModelThatIsNotLinear_TrainsOnTheDataAsItIs()
    {
        var model = new Exponential();

        TrainingResult result = new Trainer(new Adam(0.01), new() { MaxEpochs = 3000, Batching = Batching.Full })
            .Fit(model, Dataset.From([0.0, 1, 2], [1, Math.E, Math.E * Math.E]));

        result.Parameters[0].Should().BeApproximately(1, 1e-4);
        FluentActions.Invoking(() => new Trainer(new Adam()).Fit(model, _data, options: new() { Scaling = FeatureScaling.Standardize }))
            .Should().Throw<ArgumentException>().WithMessage("*Exponential*");
    }

    /// <summary>ŷ = e^(ax).</summary>
    private sealed class Exponential : IModel
    {
        public ModelTask Task => ModelTask.Regression;

        public int OutputCount => 1;

        public ParameterLayout Layout(int columnCount) => ParameterLayout.Flat(1);

        public void Predict(ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch)
        {
            for (int i = 0; i < rows.Count; i++)
                scores[i] = Math.Exp(parameters[0] * rows[i][0]);
        }

        public void AddGradient(
            ReadOnlySpan<double> parameters, in FeatureRows rows, ReadOnlySpan<double> derivatives, Span<double> gradient,
            Span<double> scratch)
        {
            for (int i = 0; i < rows.Count; i++)
                gradient[0] += derivatives[i] * rows[i][0] * Math.Exp(parameters[0] * rows[i][0]);
        }
    }

    private static LinearRegression Converged(FeatureScaling scaling)
    {
        var model = new LinearRegression();
        var options = new TrainingOptions { GradientTolerance = 1e-10, MaxEpochs = 100_000 };
        var fitOptions = new FitOptions { Scaling = scaling };
        new Trainer(new BatchGD(0.1), options).Fit(model, _data, options: fitOptions).Reason.Should().Be(StopReason.Converged);
        return model;
    }

    private static double Variance(Dataset data)
    {
        double[] targets = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])];
        return targets.Select(y => (y - targets.Average()) * (y - targets.Average())).Average();
    }
}
