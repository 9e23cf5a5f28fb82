using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GradientDescent.Tests.Tool;

/// <summary><c>gd fit --save</c> with a name that ends with .onnx.</summary>
public sealed class OnnxTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("MODEL.ONNX")]
    public void Save_Onnx_GivesLabelsOfTheFile(string name)
    {
        string file = _folder.Write("exam.csv", "hours,passed\n1,no\n2,yes\n3,no\n4,yes\n5,yes\n"), model = _folder.PathOf(name);

        var gd = ToolProcess.Run("fit", file, "--target", "passed", "--save", model);

        gd.ExitCode.Should().Be(0, gd.Error);
        using var session = new InferenceSession(model);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run(
            [NamedOnnxValue.CreateFromTensor("features", new DenseTensor<double>(new double[] { 0, 9 }, [2, 1]))]);
        outputs.Single(output => output.Name == "label").AsEnumerable<string>().Should().Equal("no", "yes");
    }

    [Fact]
    public void Save_OnnxOfDates_IsRefusedBeforeTheFit()
    {
        string file = _folder.Write("sales.csv", "sold,y\n2024-01-31,0\n2024-02-01,1\n2024-03-01,3\n"), model = _folder.PathOf("m.onnx");

        var gd = ToolProcess.Run("fit", file, "--target", "y", "--save", model);

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.ErrorLines[^1].Should().Be("gd: Column 'sold' has dates, which no operator of ONNX reads: --drop sold leaves it out.");
        File.Exists(model).Should().BeFalse();
    }
}
