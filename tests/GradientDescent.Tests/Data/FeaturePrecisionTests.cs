namespace GradientDescent.Tests.Data;

/// <summary>Features kept in float: half the memory, the same training on the rounded numbers.</summary>
public class FeaturePrecisionTests
{
    [Fact]
    public void WithPrecision_Float_RoundsEachFeatureOnce()
    {
        Dataset data = Wave(featureCount: 19, sampleCount: 7).WithPrecision(NumericPrecision.Single);

        data.FeaturePrecision.Should().Be(NumericPrecision.Single);
        for (int i = 0; i < 7; i++)
        {
            data.Features(i).ToArray().Should().Equal(Wave(19, 7).Features(i).ToArray().Select(x => (double)(float)x));
            data.Targets(i).ToArray().Should().Equal(Wave(19, 7).Targets(i).ToArray());
            data.Weight(i).Should().Be(Wave(19, 7).Weight(i));
        }
    }

    [Fact]
    public void WithPrecision_ThePrecisionItHas_IsTheSameDataSet()
    {
        Dataset data = Wave(3, 3);

        data.WithPrecision(NumericPrecision.Double).Should().BeSameAs(data);
    }

    [Fact]
    public void WithPrecision_FloatWithAFeatureBeyondIt_NamesRowAndColumn()
    {
        Dataset data = Dataset.From([[1, 2], [3, 4e38]], [1, 2], featureNames: ["a", "b"]);

        data.Invoking(d => d.WithPrecision(NumericPrecision.Single))
            .Should().Throw<ArgumentException>().WithMessage("Row 1, column 1 ('b') of features is 4E+38*");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void Add_OnFloatFeatures_HasTheBitsOfTheSameNumbersInDouble(int featureCount)
    {
        Dataset single = Wave(featureCount, 333).WithPrecision(NumericPrecision.Single);
        Dataset wide = single.WithPrecision(NumericPrecision.Double);
        int[] samples = [.. Enumerable.Range(0, 333), 5, 5, 200];
        var model = new SoftmaxRegression(3);
        double[] parameters = [.. Enumerable.Range(0, model.Layout(featureCount).Count).Select(i => Math.Sin(i))];
        double[] expected = new double[parameters.Length], actual = new double[parameters.Length];

        LossSum expectedSum = new EmpiricalRisk(model, new CategoricalCrossEntropy(), wide)
            .Add(parameters, new SampleBatch(samples), expected);
        LossSum actualSum = new EmpiricalRisk(model, new CategoricalCrossEntropy(), single)
            .Add(parameters, new SampleBatch(samples), actual);

        actual.Should().Equal(expected);
        actualSum.Should().Be(expectedSum);
    }

    // Rows of weight 0 fall out before tiles are formed: the groups in which losses are added up must not shift.
    [Fact]
    public void Add_OnFloatFeaturesOfWhichSomeWeighNothing_HasTheBitsOfTheSameNumbersInDouble()
    {
        Dataset wave = Wave(30, 999);
        double[] weights = [.. Enumerable.Range(0, 999).Select(i => i % 7 == 0 ? 0 : 0.1 + i % 5)];
        double[] targets = [.. Enumerable.Range(0, 999).Select(i => wave.Targets(i)[0])];
        Dataset single = Dataset.From([.. Rows(wave)], targets, weights).WithPrecision(NumericPrecision.Single);
        Dataset wide = single.WithPrecision(NumericPrecision.Double);
        int[] all = [.. Enumerable.Range(0, 999)];
        double[] parameters = [.. Enumerable.Range(0, 31).Select(i => Math.Sin(i))], expected = new double[31], actual = new double[31];

        LossSum expectedSum = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), wide)
            .Add(parameters, new SampleBatch(all), expected);
        LossSum actualSum = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), single)
            .Add(parameters, new SampleBatch(all), actual);

        actual.Should().Equal(expected);
        actualSum.Should().Be(expectedSum);
    }

    [Fact]
    public void Add_OfAModelThatReadsRowsItself_SeesFloatFeaturesAsDoubles()
    {
        Dataset single = Wave(5, 1500).WithPrecision(NumericPrecision.Single), wide = single.WithPrecision(NumericPrecision.Double);
        int[] all = [.. Enumerable.Range(0, 1500)];
        double[] expected = new double[5], actual = new double[5];

        LossSum expectedSum = new EmpiricalRisk(new RowByRow(), new MeanSquaredError(), wide)
            .Add([1, 2, 3, 4, 5], new SampleBatch(all), expected);
        LossSum actualSum = new EmpiricalRisk(new RowByRow(), new MeanSquaredError(), single)
            .Add([1, 2, 3, 4, 5], new SampleBatch(all), actual);

        actual.Should().Equal(expected);
        actualSum.Should().Be(expectedSum);
    }

    /// <summary>What a user writes: rows by their index.</summary>
    private sealed class RowByRow : IModel
    {
        public ModelTask Task => ModelTask.Regression;

        public int OutputCount => 1;

        public ParameterLayout Layout(int columnCount) => ParameterLayout.Flat(columnCount);

        public void Predict(ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch)
        {
            for (int i = 0; i < rows.Count; i++)
            {
                scores[i] = 0;
                for (int j = 0; j < rows.ColumnCount; j++)
                    scores[i] += parameters[j] * rows[i][j];
            }
        }

        public void AddGradient(
            ReadOnlySpan<double> parameters, in FeatureRows rows, ReadOnlySpan<double> derivatives, Span<double> gradient,
                Span<double> scratch)
        {
            for (int i = 0; i < rows.Count; i++)
            {
                for (int j = 0; j < rows.ColumnCount; j++)
                    gradient[j] += derivatives[i] * rows[i][j];
            }
        }
    }

    private static IEnumerable<double[]> Rows(Dataset data) =>
        Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i).ToArray());

    [Fact]
    public void Fit_OnFloatFeatures_IsThatOfTheRoundedNumbersAndStaysInFloat()
    {
        Dataset data = Wave(4, 50).WithPrecision(NumericPrecision.Single);
        foreach (FeatureScaling scaling in Enum.GetValues<FeatureScaling>())
        {
            LinearRegression narrow = new(), wide = new();
            var trainer = new Trainer(new BatchGD(0.1), new() { MaxEpochs = 2000 });

            trainer.Fit(narrow, data, options: new() { Scaling = scaling });
            trainer.Fit(wide, data.WithPrecision(NumericPrecision.Double), options: new() { Scaling = scaling });

            // Scaled features are rounded to 24 bits once more: 2⁻²⁴ of numbers of size 1, times a condition number below 100.
            for (int j = 0; j < wide.Parameters.Length; j++)
                narrow.Parameters[j].Should().BeApproximately(wide.Parameters[j], scaling == FeatureScaling.None ? 0 : 1e-5);
        }

        data.Select(3, 1).FeaturePrecision.Should().Be(NumericPrecision.Single);
        data.Split(0.5).First.FeaturePrecision.Should().Be(NumericPrecision.Single);
    }

    [Fact]
    public void Fit_OnShuffledFloatFeatures_EqualsTheSameNumbersInDouble()
    {
        Dataset single = Wave(20, 200).WithPrecision(NumericPrecision.Single);
        foreach (int size in (int[])[1, 7, 32])
        {
            LinearRegression narrow = new(), wide = new();
            var trainer = new Trainer(new Adam(0.01), new() { MaxEpochs = 4, Batching = Batching.Mini(size) });

            trainer.Fit(narrow, single, options: new() { Scaling = FeatureScaling.None });
            trainer.Fit(wide, single.WithPrecision(NumericPrecision.Double), options: new() { Scaling = FeatureScaling.None });

            narrow.Parameters.Should().Equal(wide.Parameters);
        }
    }

    private static Dataset Wave(int featureCount, int sampleCount) => Dataset.From(
        Enumerable.Range(0, sampleCount),
        i => [.. Enumerable.Range(0, featureCount).Select(j => Math.Sin(i * (1.7 + 0.37 * j) + 3 * j) + 0.1)],
        i => i % 3.0,
        i => 1.0 + i % 2);
}
