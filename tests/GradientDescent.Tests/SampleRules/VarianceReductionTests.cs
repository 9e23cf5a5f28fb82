namespace GradientDescent.Tests.SampleRules;

/// <summary>SVRG and SAGA: their formulas in plain loops, and the optimum at a constant rate.</summary>
public class VarianceReductionTests
{
    public static TheoryData<string, string, bool, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, bool, int>();
            foreach (string kind in (string[])["linear", "logistic", "softmax"])
            {
                foreach (int size in (int[])[1, 7, 32])
                {
                    cases.Add("SVRG", kind, size != 7, size);
                    cases.Add("SVRG-BB", kind, size == 7, size);
                    cases.Add("SAGA", kind, true, size);
                    cases.Add("SAGA", kind, false, size);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Minimize_OfWeightedSamplesAtAConstantRate_ReachesTheOptimumOfRepeatedRowsLinearly(
        string name, string kind, bool intercept, int size)
    {
        // The objective is strongly convex with the modulus 0.1: a gradient of 10⁻¹¹ means a distance of at most 10⁻¹⁰.
        var fit = new LinearCase(kind, intercept);
        int epochs = size switch { 1 => 400, 7 => 1500, _ => 4500 };

        double third = fit.GradientNorm(Run(Create(name, fit, size), fit, epochs / 3).LastFiniteParameters);
        double last = fit.GradientNorm(Run(Create(name, fit, size), fit, epochs).LastFiniteParameters);
        double ofSgd = fit.GradientNorm(Run(new MiniBatchSGD(fit.Rate, size), fit, epochs).LastFiniteParameters);

        last.Should().BeLessThan(1e-11);
        third.Should().BeLessThan(1e-3); // a third of the digits in a third of the time
        ofSgd.Should().BeGreaterThan(1e-4);
    }

    [Theory]
    [InlineData("SVRG", false)]
    [InlineData("SVRG", true)]
    [InlineData("SAGA", false)]
    [InlineData("SAGA", true)]
    public void Minimize_ForThreeEpochs_FollowsThePlainLoop(string name, bool weighted)
    {
        foreach (int size in (int[])[1, 7, 60])
        {
            var fit = new LinearCase("softmax", intercept: true, weighted);
            double[] expected = name == "SVRG" ? PlainSvrg(fit, size) : PlainSaga(fit, size);
            IOptimizer optimizer = name == "SVRG" ? new SVRG(0.03, size) : new SAGA(0.03, size);
            var options = new TrainingOptions { MaxEpochs = 3, Order = SampleOrder.Sequential };

            TrainingResult result = new Trainer(optimizer, options).Minimize(fit.Risk, fit.Start);

            // 180 steps at most, each with some dozens of roundings of numbers below 10: 180·50·10·1.1e-16 is 1e-11 if all add up.
            for (int j = 0; j < expected.Length; j++)
                result.LastFiniteParameters[j].Should().BeApproximately(expected[j], 1e-11, "batches of {0}", size);
        }
    }

    [Theory]
    [InlineData("SVRG", 1)]
    [InlineData("SVRG", 7)]
    [InlineData("SAGA", 1)]
    [InlineData("SAGA", 7)]
    public void Minimize_WithL1_EndsAtTheOptimumWithExactZeros(string name, int size)
    {
        const double strength = 0.4;
        var fit = new LinearCase("linear", intercept: false);
        var risk = new EmpiricalRisk(new LinearRegression(intercept: false), new MeanSquaredError(), fit.Data, new L1Penalty(strength));

        TrainingResult result = new Trainer(Create(name, fit, size), new() { MaxEpochs = 3000 }).Minimize(risk, fit.Start);

        double[] at = [.. result.LastFiniteParameters], gradient = new double[at.Length];
        double total = 0;
        for (int i = 0; i < fit.Samples; i++)
        {
            total += fit.Weight(i);
            for (int copy = 0; copy < fit.Weight(i); copy++)
                fit.Add(i, at, gradient);
        }

        at.Should().Contain(0);
        for (int j = 0; j < at.Length; j++)
        {
            double slope = gradient[j] / total;
            if (at[j] == 0)
                Math.Abs(slope).Should().BeLessThan(strength);
            else
                slope.Should().BeApproximately(-strength * Math.Sign(at[j]), 1e-11);
        }
    }

    [Fact]
    public void SAGA_OfBatchesWithASampleTwiceInFloat_ReachesTheOptimum()
    {
        var fit = new LinearCase("softmax", intercept: true, precision: NumericPrecision.Single);
        var options = new TrainingOptions { MaxEpochs = 2000, Order = SampleOrder.WithReplacement };

        TrainingResult result = new Trainer(new SAGA(batchSize: 7), options).Minimize(fit.Risk, fit.Start);

        fit.GradientNorm(result.LastFiniteParameters).Should().BeLessThan(1e-11);
    }

    [Theory]
    [InlineData("SVRG")]
    [InlineData("SAGA")]
    public void Maximize_OfTheNegativeLoss_FollowsMinimize(string name)
    {
        var fit = new LinearCase("linear", intercept: true);
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), fit.Data);
        var negative = new EmpiricalRisk(new LinearRegression(), new Negative(), fit.Data);
        var options = new TrainingOptions { MaxEpochs = 5 };
        IOptimizer Optimizer() => name == "SVRG" ? new SVRG(0.004, 7) : new SAGA(0.004, 7);

        TrainingResult down = new Trainer(Optimizer(), options).Minimize(risk, fit.Start);
        TrainingResult up = new Trainer(Optimizer(), options).Maximize(negative, fit.Start);

        up.LastFiniteParameters.Should().Equal(down.LastFiniteParameters);
    }

    [Fact]
    public void SVRG_WithClipping_EndsAtTheSameOptimum()
    {
        var fit = new LinearCase("logistic", intercept: true);
        var options = new TrainingOptions { MaxEpochs = 1500, GradientTransforms = [GradientClipping.ByNorm(0.5)] };

        TrainingResult result = new Trainer(new SVRG(fit.Rate, 7), options).Minimize(fit.Risk, fit.Start);

        fit.GradientNorm(result.LastFiniteParameters).Should().BeLessThan(1e-11);
    }

    [Fact]
    public void SVRG_InGroups_ReachesTheOptimum()
    {
        var fit = new LinearCase("logistic", intercept: true);
        IOptimizer groups = new ParameterGroups(new SVRG(fit.Rate, 7, snapshotEvery: 1))
            .Use("intercepts", new SVRG(fit.Rate / 2, 7, snapshotEvery: 1));

        TrainingResult result = new Trainer(groups, new() { MaxEpochs = 2500 }).Minimize(fit.Risk, fit.Start);

        fit.GradientNorm(result.LastFiniteParameters).Should().BeLessThan(1e-11);
    }

    [Fact]
    public void SAGA_WithoutARate_TakesAThirdOfTheInverseCurvature()
    {
        // Rows 1 and 2, no intercept, weights 3 and 1, squared error: L = n/W · max(3·2·1, 1·2·4) = 2/4 · 8 = 4. At 0 with targets 6 the
        // first step is the gradient's: −2(3·6 + 1·2·6)/4 = −15, so θ = 15/12.
        Dataset data = Dataset.From([1, 2], [6, 6], [3, 1]);
        var risk = new EmpiricalRisk(new LinearRegression(intercept: false), new MeanSquaredError(), data);

        TrainingResult result = new Trainer(new SAGA(), new() { MaxSteps = 1 }).Minimize(risk, [0]);

        result.LastFiniteParameters[0].Should().BeApproximately(1.25, 1e-15);
    }

    [Fact]
    public void SVRG_OnAFullBatchWithBarzilaiBorwein_TakesTheInverseCurvature()
    {
        // ½·3θ² from 1 at the rate 0.1: 0.7. The curvature over the step is 3, so the next step ends at 0.
        IObjective bowl = Objective.From(p => 1.5 * p[0] * p[0], (p, g) => g[0] = 3 * p[0]);

        TrainingResult result = new Trainer(new SVRG(0.1, snapshotEvery: 1, barzilaiBorwein: true), new() { MaxSteps = 2 })
            .Minimize(bowl, [1]);

        result.LastFiniteParameters[0].Should().BeApproximately(0, 1e-15);
    }

    private static IOptimizer Create(string name, LinearCase fit, int size) => name switch
    {
        "SVRG" => new SVRG(fit.Rate, size),
        "SVRG-BB" => new SVRG(fit.Rate, size, size switch { 1 => 2, 7 => 4, _ => 10 }, barzilaiBorwein: true),
        _ => new SAGA(batchSize: size),
    };

    private static TrainingResult Run(IOptimizer optimizer, LinearCase fit, int epochs) =>
        new Trainer(optimizer, new() { MaxEpochs = epochs }).Minimize(fit.Risk, fit.Start);

    private static IEnumerable<int[]> Batches(LinearCase fit, int size) => Enumerable.Range(0, fit.Samples).Chunk(size);

    private static double[] PlainSvrg(LinearCase fit, int size)
    {
        double[] at = [.. fit.Start], snapshot = [], mean = [];
        double total = Enumerable.Range(0, fit.Samples).Sum(fit.Weight);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            foreach (int[] batch in Batches(fit, size))
            {
                if (epoch % 2 == 0 && batch[0] == 0)
                {
                    (snapshot, mean) = ([.. at], new double[at.Length]);
                    for (int i = 0; i < fit.Samples; i++)
                        fit.AddRow(i, [.. fit.Derivatives(i, at).Select(d => fit.Weight(i) * d / total)], mean);
                }

                double[] step = [.. mean];
                double share = (double)fit.Samples / (batch.Length * total);
                foreach (int i in batch)
                {
                    fit.AddRow(i, [.. fit.Derivatives(i, at).Select(d => share * fit.Weight(i) * d)], step);
                    fit.AddRow(i, [.. fit.Derivatives(i, snapshot).Select(d => -share * fit.Weight(i) * d)], step);
                }

                at = [.. at.Select((x, j) => x - 0.03 * (step[j] + LinearCase.Strength * x))];
            }
        }

        return at;
    }

    private static double[] PlainSaga(LinearCase fit, int size)
    {
        double[] at = [.. fit.Start];
        double total = Enumerable.Range(0, fit.Samples).Sum(fit.Weight);
        double[][] table = [.. Enumerable.Range(0, fit.Samples).Select(i => fit.Derivatives(i, at))];
        for (int epoch = 0; epoch < 3; epoch++)
        {
            foreach (int[] batch in Batches(fit, size))
            {
                double[] step = new double[at.Length];
                for (int i = 0; i < fit.Samples; i++)
                    fit.AddRow(i, [.. table[i].Select(d => fit.Weight(i) * d / total)], step);
                foreach (int i in batch)
                {
                    double[] fresh = fit.Derivatives(i, at), old = table[i];
                    double factor = fit.Samples * fit.Weight(i) / (batch.Length * total);
                    fit.AddRow(i, [.. fresh.Select((d, k) => factor * (d - old[k]))], step);
                    table[i] = fresh;
                }

                at = [.. at.Select((x, j) => x - 0.03 * (step[j] + LinearCase.Strength * x))];
            }
        }

        return at;
    }

    private sealed class Negative : ILoss
    {
        public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights,
            Span<double> derivatives)
        {
            double loss = new MeanSquaredError().Evaluate(predictions, targets, weights, derivatives);
            for (int i = 0; i < derivatives.Length; i++)
                derivatives[i] = -derivatives[i];
            return -loss;
        }
    }
}
