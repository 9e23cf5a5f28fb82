using System.Globalization;
using GradientDescent.Tests.Schedules;

namespace GradientDescent.Tests.Documentation;

/// <summary>Text is the same in every culture: German writes decimals with a comma, Turkish has an i of its own.</summary>
public class CultureTests
{
    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void EveryText_UnderAnotherCulture_IsTheSame(string culture)
    {
        string[] expected = TextsUnder(CultureInfo.InvariantCulture);

        TextsUnder(CultureInfo.GetCultureInfo(culture)).Should().Equal(expected);
    }

    private static string[] TextsUnder(CultureInfo culture)
    {
        (CultureInfo before, CultureInfo uiBefore) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return [.. Texts()];
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, uiBefore);
        }
    }

    private static IEnumerable<string> Texts()
    {
        Dataset data = Dataset.From([[1.5, -2], [2.5, 3], [-4.5, 1]], [1.25, 2.5, 3.75], weights: [1, 0.5, 2]);
        LinearFit fit = LinearRegression.Fit(data);
        yield return fit.ToString();
        yield return fit.Result.ToString();
        yield return fit.Result.Stop.ToString();
        yield return fit.Result.History[0].ToString();
        yield return fit.Metrics.ToString();
        yield return data.ToString();
        yield return new Trainer(new SGD(1e5)).Fit(new LinearRegression(), data).ToString();
        yield return new Trainer(new Adam(), new() { MaxSteps = 1234 }).Fit(new LinearRegression(), data).ToString();
        yield return new TrainingOptions { GradientTolerance = 0.5, Batching = Batching.Mini(1000), MaxSteps = 1_000_000 }.ToString();
        yield return new TrainingOptions
        {
            MaxTime = TimeSpan.FromSeconds(1.5),
            TargetLoss = 0.5,
            RelativeGradientTolerance = 0.25,
            EarlyStopping = new(3, 0.5),
            MaxLossGrowth = 1.5,
            Recovery = new(2, 0.5),
            GradientTransforms = [GradientClipping.ByNorm(0.5)],
            AccumulationSteps = 1234,
        }.ToString();
        yield return new TrainingReport
        {
            Step = 1,
            Epoch = 2,
            Samples = 3,
            Loss = 0.5,
            GradientNorm = 1.5,
            LearningRate = 0.25,
            EndsEpoch = true,
            EpochLoss = 2.5,
            ValidationLoss = 3.5,
            PlannedSteps = 1000,
            Elapsed = TimeSpan.FromSeconds(1.5),
        }.ToString();
        yield return new EpochRecord { Epoch = 1, Step = 2, Loss = 0.5, LearningRate = 0.25, ValidationLoss = 1.5, ValidationMetric = 2.5 }
            .ToString();
        TrainingResult returned = new Trainer(new SGD(1e5), new() { Recovery = new(3, 0.5), MaxEpochs = 100 })
            .Fit(new LinearRegression(), data);
        yield return returned.ToString();
        yield return returned.Recoveries[0].ToString();
        using var csv = new StringWriter();
        returned.History.WriteCsv(csv);
        yield return csv.ToString();
        yield return new LossSum(0.5, 1.5).ToString();
        yield return new TrainingClock { Step = 1, Epoch = 2, StepsPerEpoch = 3, Samples = 4, PlannedSteps = -5 }.ToString();
        yield return new CsvOptions { DecimalSeparator = ',', Delimiter = ';' }.ToString();
        yield return new ClassificationMetrics { Accuracy = 0.98765, LogLoss = 0.12345 }.ToString();
        yield return Batching.Mini(1234).ToString();
        yield return Horizon.Epochs(2.5).ToString();
        foreach (ISchedule schedule in AllSchedules.ByName.Values)
            yield return schedule.ToString()!;
        yield return new ReduceOnPlateau().GetState().ToString();
        yield return Horizon.Fraction(0.25).ToString();
        yield return GradientCheck.Run(Objective.From(p => p[0] * p[0], (p, g) => g[0] = 1.5 * p[0]), [0.75]).ToString();
        foreach (Action misuse in (Action[])
        [
            () => _ = new Adam(-0.5),
            () => _ = new Adam(beta1: 1.5),
            () => _ = new SGD(double.NaN),
            () => Dataset.From([1.5, double.NegativeInfinity], [1, 2]),
            () => Dataset.From([1.5], [1, 2]),
            () => data.Split(0.01),
            () => new Adam().Update(new double[2], new double[3]),
            () => new Adam().Update(new double[2], new double[2], -0.5),
            () => Dataset.FromCsv(new MemoryStream("a,b\n1.5,I\n"u8.ToArray()), "file", ["b"]),
            () => _ = new EmpiricalRisk(new LogisticRegression(), new BinaryCrossEntropy(), data),
            () => Horizon.Fraction(0.5).InSteps(default),
        ])
            yield return Message(misuse);
    }

    private static string Message(Action misuse)
    {
        try
        {
            misuse();
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException or InvalidOperationException)
        {
            return e.Message;
        }

        throw new InvalidOperationException("This misuse was not noticed.");
    }
}
