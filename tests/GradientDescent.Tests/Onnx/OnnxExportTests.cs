using GradientDescent.Onnx;
using GradientDescent.Tests.Tool;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GradientDescent.Tests.Onnx;

/// <summary>Exported models, run by ONNX Runtime on the rows of their fits: the predictions are those of the library.</summary>
public sealed class OnnxExportTests
{
    /// <summary>Each sum of 10 products is computed in another order there: at most a few units of 2⁻⁵³ of the largest term.</summary>
    private const double Tolerance = 1e-13;

    private static readonly Dataset _diabetes = Dataset.FromCsv(ToolFolder.Diabetes, "target");

    [Fact]
    public void LinearRegression_OfNumbers_PredictsTheSame()
    {
        LinearFit fit = LinearRegression.Fit(_diabetes);

        using InferenceSession session = Session(fit.SaveOnnx);
        Run(session, Matrix(_diabetes)).Doubles("prediction").Should()
            .BeEquivalentTo(fit.PredictAll(_diabetes), options => options.WithStrictOrdering().Using<double>(Close).WhenTypeIs<double>());
        session.InputMetadata["features"].Dimensions.Should().Equal(-1, 10);
    }

    [Fact]
    public void LogisticRegression_WithoutLabels_GivesIndexAndProbabilities()
    {
        Dataset data = Binary();
        LogisticFit fit = LogisticRegression.Fit(data);

        using InferenceSession session = Session(fit.SaveOnnx);
        Outputs outputs = Run(session, Matrix(data));

        outputs.Longs("label").Should().Equal(fit.PredictAll(data).Select(isPositive => isPositive ? 1L : 0));
        double[] probabilities = outputs.Doubles("probabilities");
        for (int i = 0; i < data.SampleCount; i++)
        {
            probabilities[2 * i + 1].Should().BeApproximately(fit.PredictProbabilities(data)[i], Tolerance);
            probabilities[2 * i].Should().BeApproximately(1 - fit.PredictProbabilities(data)[i], Tolerance);
        }
    }

    [Fact]
    public void LogisticRegression_ScoreOf0_IsThePositiveClassAsInTheLibrary()
    {
        var model = new LogisticRegression();
        model.SetParameters([1, -2], columnCount: 1);

        using InferenceSession session = Session(new ModelFile(model).SaveOnnx);
        Run(session, [Column("features", [2, 1.999, 2.001])])
            .Longs("label").Should().Equal(1, 0, 1);
        model.Predict(2).Should().BeTrue();
    }

    [Fact]
    public void Softmax_WithLabels_GivesTheLabels()
    {
        CsvTable table = CsvTable.Read(ToolFolder.Iris);
        FeatureEncoding encoding = FeatureEncoding.From(table.Without("target"));
        ClassifierFit<string> fit = SoftmaxRegression.Fit(table, encoding, "target");
        Dataset data = Dataset.From(table, encoding, "target", new double[table.RowCount]);

        using InferenceSession session = Session(fit.SaveOnnx);
        Outputs outputs = Run(session, Matrix(data));

        outputs.Strings("label").Should().Equal(fit.PredictAll(data));
        double[] expected = [.. fit.PredictProbabilities(data).SelectMany(row => row.Values)];
        outputs.Doubles("probabilities").Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= Tolerance);
    }

    [Fact]
    public void Columns_OfTextAndMissingNumbers_AreEncodedInside()
    {
        CsvTable table = Table(
            "power,colour,label,price\n1,red,3,3\n2,blue,1,4\n,green,2,6\n4,,5,7\n6,red,2,11\n7,green,1,12\n2,red,0,5\n");
        FeatureEncoding encoding = FeatureEncoding.From(
            table.Without("price"), new EncodingOptions { MissingNumbers = MissingNumbers.Mean, MissingTextIsLevel = true });
        LinearFit fit = LinearRegression.Fit(Dataset.From(table, encoding, "price"));

        using InferenceSession session = Session(fit.SaveOnnx);
        double[] power = [.. table.Column("power").Select(field => table.NumberOf(field) ?? double.NaN)];
        Outputs outputs = Run(session,
        [
            Column("power", power), Column("colour", [.. table.Column("colour")]), Column("label", [.. table.Numbers("label")]),
        ]);

        double[] expected = [.. encoding.Encode(table).Select(row => fit.Predict(row))];
        outputs.Doubles("prediction").Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 100 * Tolerance);
        FluentActions.Invoking(() => Run(session, [Column("power", [1.0]), Column("colour", ["purple"]), Column("label", [1.0])]))
            .Should().Throw<OnnxRuntimeException>("a level that the fit never saw is refused there too");
    }

    [Theory]
    [InlineData("label")]
    [InlineData("probabilities")]
    [InlineData("features")]
    [InlineData("gd.MatMul.3")]
    [InlineData("größe, \"m²\"\n")]
    public void Columns_WithAnyName_KeepIt(string name)
    {
        var model = new LogisticRegression();
        model.SetParameters([1, 2, 3, -2], columnCount: 3);
        var file = new ModelFile(model, new FeatureEncoding(
            [new NumericColumn(name, 0.5), new NumericColumn("x"), new CategoricalColumn("gd.constant.1", ["a", "b"])]));

        using InferenceSession session = Session(file.SaveOnnx);

        session.InputMetadata.Keys.Should().Equal(name, "x", "gd.constant.1");
        session.OutputMetadata.Keys.Should().Equal(
            name == "label" ? "label_" : "label", name == "probabilities" ? "probabilities_" : "probabilities");
    }

    [Fact]
    public void Outputs_OfSeveralTargets_AreColumns()
    {
        var model = new LinearRegression(2, intercept: false);
        model.SetParameters([1, 2, 3, 4], columnCount: 2);

        using InferenceSession session = Session(new ModelFile(model).SaveOnnx);
        Run(session, [NamedOnnxValue.CreateFromTensor("features", new DenseTensor<double>(new double[] { 1, 10, 2, 20 }, [2, 2]))])
            .Doubles("prediction").Should().Equal(21, 43, 42, 86);
    }

    [Fact]
    public void Save_ColumnOfDates_IsRefusedByNameAndWritesNothing()
    {
        using var folder = new ToolFolder();
        var model = new LinearRegression();
        model.SetParameters([1, 2], columnCount: 1);
        var file = new ModelFile(model, new FeatureEncoding([new DateColumn("sold", DateTimeOffset.UnixEpoch)]));

        FluentActions.Invoking(() => file.SaveOnnx(folder.PathOf("model.onnx"))).Should().Throw<NotSupportedException>()
            .WithMessage("Column 'sold' has dates, and ONNX has no operator that reads dates.");
        File.Exists(folder.PathOf("model.onnx")).Should().BeFalse();
    }

    [Fact]
    public void Save_ToAFile_WritesTheSameBytes()
    {
        using var folder = new ToolFolder();
        LinearFit fit = LinearRegression.Fit(_diabetes);
        using var stream = new MemoryStream();

        fit.SaveOnnx(stream);
        fit.SaveOnnx(folder.PathOf("model.onnx"));

        File.ReadAllBytes(folder.PathOf("model.onnx")).Should().Equal(stream.ToArray());
    }

    private static void Close(FluentAssertions.Equivalency.IAssertionContext<double> context) =>
        context.Subject.Should().BeApproximately(context.Expectation, Tolerance * Math.Max(1, Math.Abs(context.Expectation)));

    private static Dataset Binary() => Dataset.From(
        [.. Enumerable.Range(0, 200).Select(i => _diabetes.Features(i).ToArray())],
        [.. Enumerable.Range(0, 200).Select(i => _diabetes.Targets(i)[0] > 140 ? 1.0 : 0)]);

    private static NamedOnnxValue[] Matrix(Dataset data)
    {
        double[] numbers = [.. Enumerable.Range(0, data.SampleCount).SelectMany(i => data.Features(i).ToArray())];
        return [NamedOnnxValue.CreateFromTensor("features", new DenseTensor<double>(numbers, [data.SampleCount, data.FeatureCount]))];
    }

    private static NamedOnnxValue Column<T>(string name, T[] values) =>
        NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(values, [values.Length, 1]));

    private static CsvTable Table(string text) => CsvTable.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "cars.csv");

    private static InferenceSession Session(Action<Stream> save)
    {
        using var file = new MemoryStream();
        save(file);
        return new InferenceSession(file.ToArray());
    }

    private static Outputs Run(InferenceSession session, NamedOnnxValue[] inputs) => new(session.Run(inputs));

    private sealed class Outputs(IDisposableReadOnlyCollection<DisposableNamedOnnxValue> values)
    {
        public double[] Doubles(string name) => [.. values.Single(value => value.Name == name).AsEnumerable<double>()];

        public long[] Longs(string name) => [.. values.Single(value => value.Name == name).AsEnumerable<long>()];

        public string[] Strings(string name) => [.. values.Single(value => value.Name == name).AsEnumerable<string>()];
    }
}
