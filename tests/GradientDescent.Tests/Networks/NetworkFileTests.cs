using System.Text;
using GradientDescent.Tests.ModelFiles;

namespace GradientDescent.Tests.Networks;

/// <summary>A network that is saved and loaded is the same network; other files are refused by name.</summary>
public sealed class NetworkFileTests : IDisposable
{
    private static readonly Dataset _data = NetworkGradientTests.Data(60, 3, i => i % 2);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string File => Path.Combine(_folder, "network.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ModelTask.Regression, 1)]
    [InlineData(ModelTask.BinaryClassification, 1)]
    [InlineData(ModelTask.Classification, 2)]
    public void ASavedNetwork_ComesBackBitForBit(ModelTask task, int outputs)
    {
        FeedForwardNetwork network = Fitted(task, outputs);

        network.Save(File, _data);
        FeedForwardNetwork read = FeedForwardNetwork.Load(File);

        read.Layers.Should().Equal(network.Layers);
        read.Task.Should().Be(task);
        read.Method.Should().Be(network.Method);
        read.Parameters.Select(BitConverter.DoubleToInt64Bits).Should().Equal(network.Parameters.Select(BitConverter.DoubleToInt64Bits));
        read.PredictScores(_data).Should().Equal(network.PredictScores(_data));
        ModelFile.Load(File).ToString().Should().Be("FeedForwardNetwork, 3 features");
    }

    [Fact]
    public void ASavedNetwork_WithLabels_ComesBackWithThem()
    {
        Fitted(ModelTask.Classification, 2).Save(File, _data, ["low", "high"]);

        ModelFile.Load(File).Labels.Should().Equal("low", "high");
    }

    [Fact]
    public void Save_WithTooFewLabels_IsRefused()
    {
        Action save = () => Fitted(ModelTask.Classification, 2).Save(File, _data, ["low"]);

        save.Should().Throw<ArgumentException>().WithMessage("labels has 1 string: 2 different ones are needed.*");
    }

    [Theory]
    [InlineData("\"task\": \"Regression\"", "\"task\": \"Sorting\"", "'task' is 'Sorting'*")]
    [InlineData("\"activation\": \"Tanh\"", "\"activation\": \"Cosine\"", "'layers[0].activation' is 'Cosine'*")]
    [InlineData("\"dropout\": 0.25", "\"dropout\": 1", "'layers[0].dropout' is 1*")]
    [InlineData("\"biases\": [", "\"biases\": [1,", "'layers[0].biases' has 5 entries: it must have 4.")]
    [InlineData("\"intercept\": false", "\"intercept\": true", "'intercept' is true*")]
    [InlineData("\"kind\": \"FeedForwardNetwork\"", "\"kind\": \"LinearRegression\"", "'task' and 'layers' are members of*")]
    public void AFileWithAWrongMember_IsRefusedByName(string right, string wrong, string message)
    {
        byte[] whole = SavedModels.Bytes(stream => Fitted(ModelTask.Regression, 1).Save(stream));
        string text = Encoding.UTF8.GetString(whole);
        int place = text.IndexOf(right, StringComparison.Ordinal);
        place.Should().BePositive();

        Action load = () => SavedModels.Load(SavedModels.Resealed(text.Remove(place, right.Length).Insert(place, wrong)));

        load.Should().Throw<ModelFormatException>().WithMessage(message);
    }

    [Fact]
    public void Load_OfAnotherKind_IsRefused()
    {
        Fitted(ModelTask.Regression, 1).Save(File);

        Action load = () => LinearRegression.Load(File);

        load.Should().Throw<ModelFormatException>().WithMessage("*'kind' is FeedForwardNetwork: LinearRegression is required.");
    }

    private static FeedForwardNetwork Fitted(ModelTask task, int outputs)
    {
        var network = new FeedForwardNetwork(
            task, new DenseLayer(4, Activation.Tanh) { Dropout = 0.25 },
            new DenseLayer(outputs) { Initialization = WeightInitialization.He });
        new Trainer(new Adam(0.01), new() { MaxEpochs = 2 }).Fit(network, _data);
        return network;
    }
}
