using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Architecture;

/// <summary>The public surface as an approved text: every change of it is a visible line in a review.</summary>
public class PublicApiTests
{
    [Theory]
    [InlineData(typeof(Optimizer), "PublicApi.approved.txt")]
    [InlineData(typeof(GradientDescent.Reporting.Report), "PublicApi.Reporting.approved.txt")]
    [InlineData(typeof(GradientDescent.Onnx.OnnxExport), "PublicApi.Onnx.approved.txt")]
    [InlineData(typeof(GradientDescent.DataView.DataViewDatasets), "PublicApi.DataView.approved.txt")]
    [InlineData(typeof(GradientDescent.Arrow.ArrowDataset), "PublicApi.Arrow.approved.txt")]
    [InlineData(typeof(RunRecord), "PublicApi.RunHistory.approved.txt")]
    [InlineData(typeof(MpiCollective), "PublicApi.Mpi.approved.txt")]
    public void PublicSurface_IsTheApprovedOne(Type member, string file)
    {
        string approved = Repository.PathOf("tests", "GradientDescent.Tests", "Architecture", file);
        string actual = PublicApiText.Of(member.Assembly);
        if (Environment.GetEnvironmentVariable("APPROVE_PUBLIC_API") == "1")
            File.WriteAllText(approved, actual);

        actual.Should().Be(
            File.ReadAllText(approved).ReplaceLineEndings("\n"),
                "the surface changed: if it is meant, run the tests once with APPROVE_PUBLIC_API=1");
    }
}
