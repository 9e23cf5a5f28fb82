using System.Collections.Immutable;

namespace GradientDescent.Tests;

/// <summary>The loss over all samples after each epoch, which makes curves of different batch sizes comparable.</summary>
public class FullLossTests
{
    private static readonly double[] _x = [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i * 1.7))];
    private static readonly Dataset _data = Dataset.From(_x, [.. _x.Select((x, i) => 2 * x - 1 + 0.1 * Math.Cos(i))]);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void WithMeasureFullLoss_EachRecordHasTheLossAtTheParametersAfterItsEpoch(int batch)
    {
        for (int epochs = 1; epochs <= 4; epochs++)
        {
            var model = new LinearRegression();
            TrainingRun run = new Trainer(new MiniBatchSGD(0.05), Options(batch, epochs)).CreateRun(model, _data);
            while (run.Advance())
            {
            }

            EpochRecord last = run.Result.History[^1];

            last.Epoch.Should().Be(epochs - 1);
            last.FullLoss.Should().BeApproximately(LossAt(run.Parameters), 1e-14 * LossAt(run.Parameters));
        }
    }

    [Fact]
    public void WithMeasureFullLoss_NothingElseChanges()
    {
        TrainingResult without = Fit(Options(7, 5) with { MeasureFullLoss = false }), with = Fit(Options(7, 5));

        with.Parameters.Should().Equal(without.Parameters);
        with.History.Select(record => record.Loss).Should().Equal(without.History.Select(record => record.Loss));
        with.Steps.Should().Be(without.Steps);
        without.History.Should().OnlyContain(record => double.IsNaN(record.FullLoss));
    }

    [Fact]
    public void FullBatches_HaveItAnyway()
    {
        TrainingResult result = new Trainer(new BatchGD(0.1), new TrainingOptions { MaxEpochs = 5 }).Fit(new LinearRegression(), _data);

        result.History.Should().OnlyContain(record => record.FullLoss.Equals(record.Loss));
    }

    [Fact]
    public void ACheckpoint_KeepsIt()
    {
        string file = Path.GetTempFileName();
        try
        {
            TrainingResult whole = Fit(Options(7, 6));
            Fit(Options(7, 3) with { CheckpointFile = file });
            TrainingResult resumed = Fit(Options(7, 6) with { ResumeFrom = file });

            resumed.History.Select(record => record.FullLoss).Should().Equal(whole.History.Select(record => record.FullLoss));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static TrainingOptions Options(int batch, int epochs) =>
        new() { Batching = Batching.Mini(batch), MaxEpochs = epochs, MeasureFullLoss = true };

    private static TrainingResult Fit(TrainingOptions options) =>
        new Trainer(new MiniBatchSGD(0.05), options).Fit(new LinearRegression(), _data);

    private static double LossAt(ImmutableArray<double> parameters) => Enumerable.Range(0, _data.SampleCount)
        .Average(i => Math.Pow(parameters[0] * _data.Features(i)[0] + parameters[1] - _data.Targets(i)[0], 2));
}
