using System.Text.Json.Nodes;
using GradientDescent.Tests.Golden;

namespace GradientDescent.Tests.Metrics;

/// <summary>Reports compared with scikit-learn 1.2.1; Golden/classification.py made the numbers.</summary>
public class ClassificationGoldenTests
{
    private const double Tolerance = 1e-13; // sums of at most 80 numbers in another order, relative to numbers of at most about 5

    private static readonly JsonNode _golden = GoldenFile.Load("classification.json");

    public static TheoryData<int, string> Binary => CasesOf("binary");

    public static TheoryData<int, string> Multiclass => CasesOf("multiclass");

    [Theory]
    [MemberData(nameof(Binary))]
    public void From_TwoClasses_AgreesWithScikitLearn(int index, string name)
    {
        JsonNode golden = _golden["binary"]![index]!;

        ClassificationReport report = BinaryReport(golden);

        CheckTable(report, golden, name);
        CheckCurves(report.Classes[1], golden, name);
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void From_MoreClasses_AgreesWithScikitLearn(int index, string name)
    {
        JsonNode golden = _golden["multiclass"]![index]!;
        double[][] probabilities = [.. golden["probabilities"]!.AsArray().Select(row => row.Numbers())];

        ClassificationReport report = ClassificationReport.From(probabilities, Truth(golden), WeightsOf(golden));

        CheckTable(report, golden, name);
        for (int k = 0; k < report.Classes.Length; k++)
            CheckCurves(report.Classes[k], golden["ofClasses"]![k]!, $"{name}, class {k}");
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void Calibration_BinsOfEqualWidth_AgreesWithScikitLearn(int index, string name)
    {
        JsonNode golden = _golden["binary"]![index]!;
        if (golden["widthBins"] is not { } bins)
            return; // calibration_curve takes no weights

        CalibrationCurve calibration = BinaryReport(golden).Calibration(7, CalibrationBinning.EqualWidth);

        Check(calibration.Bins.Select(bin => bin.ObservedShare), bins["observed"], name);
        Check(calibration.Bins.Select(bin => bin.MeanPredicted), bins["predicted"], name);
    }

    private static ClassificationReport BinaryReport(JsonNode golden) => ClassificationReport.From(
        golden["probabilities"].Numbers(), [.. Truth(golden).Select(truth => truth == 1)], WeightsOf(golden));

    private static void CheckTable(ClassificationReport report, JsonNode golden, string name)
    {
        int k = report.Classes.Length;
        for (int actual = 0; actual < k; actual++)
            Check(Enumerable.Range(0, k).Select(predicted => report.Confusion[actual, predicted]), golden["confusion"]![actual], name);
        Check(report.Classes.Select(one => one.Precision), golden["precision"], name);
        Check(report.Classes.Select(one => one.Recall), golden["recall"], name);
        Check(report.Classes.Select(one => one.F1), golden["f1"], name);
        Check(report.Classes.Select(one => one.Support), golden["support"], name);
        Check([report.MacroAverage.Precision, report.MacroAverage.Recall, report.MacroAverage.F1], golden["macro"], name);
        Check([report.WeightedAverage.Precision, report.WeightedAverage.Recall, report.WeightedAverage.F1], golden["weighted"], name);
        report.Accuracy.Should().BeApproximately((double)golden["accuracy"]!, Tolerance, name);
        report.BalancedAccuracy.Should().BeApproximately((double)golden["balancedAccuracy"]!, Tolerance, name);
        report.CohenKappa.Should().BeApproximately((double)golden["kappa"]!, Tolerance, name);
        report.MatthewsCorrelation.Should().BeApproximately((double)golden["matthews"]!, Tolerance, name);
        report.LogLoss.Should().BeApproximately((double)golden["logLoss"]!, Tolerance, name);
        report.BrierScore.Should().BeApproximately((double)golden["brier"]!, Tolerance, name);
    }

    private static void CheckCurves(ClassReport one, JsonNode golden, string name)
    {
        one.Roc.Area.Should().BeApproximately((double)golden["auc"]!, Tolerance, name);
        one.PrecisionRecall.AveragePrecision.Should().BeApproximately((double)golden["averagePrecision"]!, Tolerance, name);
        one.Roc.Points[0].Threshold.Should().Be(double.PositiveInfinity);
        one.Roc.Points.Skip(1).Select(point => point.Threshold).Should().Equal(golden["thresholds"].Numbers(), name);
        Check(one.Roc.Points.Select(point => point.FalsePositiveRate), golden["falsePositiveRates"], name);
        Check(one.Roc.Points.Select(point => point.TruePositiveRate), golden["truePositiveRates"], name);
        one.PrecisionRecall.Points.Select(point => point.Threshold).Should().Equal(golden["cuts"].Numbers(), name);
        Check(one.PrecisionRecall.Points.Select(point => point.Precision), golden["precisions"], name);
        Check(one.PrecisionRecall.Points.Select(point => point.Recall), golden["recalls"], name);
    }

    private static void Check(IEnumerable<double> actual, JsonNode? golden, string name) =>
        actual.Should().Equal(golden.Numbers(), (x, y) => Math.Abs(x - y) <= Tolerance, name);

    private static int[] Truth(JsonNode golden) => [.. golden["truth"].Numbers().Select(number => (int)number)];

    private static double[]? WeightsOf(JsonNode golden) => golden["weights"]?.Numbers();

    private static TheoryData<int, string> CasesOf(string kind)
    {
        var cases = new TheoryData<int, string>();
        foreach ((int index, JsonNode? golden) in _golden[kind]!.AsArray().Index())
            cases.Add(index, (string)golden!["name"]!);
        return cases;
    }
}
