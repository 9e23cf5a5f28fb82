namespace GradientDescent.Benchmarks.Compare;

/// <summary>How times grow with the data: with 4 times as much, by 4 to the power of the exponent.</summary>
internal sealed class GrowthTable(Measurements measurements, TextWriter output)
{
    public void Write()
    {
        output.WriteLine("| growth of the CPU time | for 1, 2 and 4 times the data | exponent | goal | |");
        output.WriteLine("|---|---|---|---|---|");
        Write("LinearRegression.Fit with samples", GrowthTimes.Linear + GrowthTimes.InSamples, 1.15);
        Write("LogisticRegression.Fit with samples", GrowthTimes.Logistic + GrowthTimes.InSamples, 1.15);
        Write("SGD epoch with samples", GrowthTimes.Epoch + GrowthTimes.InSamples, 1.15);
        Write("Dataset.FromCsv with rows", GrowthTimes.Csv + GrowthTimes.InSamples, 1.15);
        Write("SGD epoch with features", GrowthTimes.Epoch + GrowthTimes.InFeatures, 1.15);
        Write("LinearRegression.Fit with features", GrowthTimes.Linear + GrowthTimes.InFeatures, 2.1);
    }

    private void Write(string work, string name, double goal)
    {
        double? once = measurements.Median(Measurements.Ours, name, 1), fourfold = measurements.Median(Measurements.Ours, name, 4);
        if (once is null || fourfold is null)
        {
            output.WriteLine(GoalRows.Text($"| {work} | not measured | | ≤ {goal} | |"));
            return;
        }

        double? twofold = measurements.Median(Measurements.Ours, name, 2);
        double exponent = Math.Log2(fourfold.Value / once.Value) / 2;
        output.WriteLine(GoalRows.Text(
            $"| {work} | {once:G3}, {twofold:G3}, {fourfold:G3} s | {exponent:F2} | ≤ {goal} | {GoalRows.Verdict(exponent <= goal)} |"));
    }
}
