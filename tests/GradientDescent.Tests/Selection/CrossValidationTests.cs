using System.Collections.Immutable;

namespace GradientDescent.Tests.Selection;

public class CrossValidationTests
{
    private static readonly Dataset _diabetes = SelectionData.Diabetes;
    private static readonly ImmutableArray<Fold> _folds = Folds.KFold(_diabetes.SampleCount, 5, seed: 1);

    [Fact]
    public void Linear_OnFolds_EqualsALoopOverThem()
    {
        double[] expected = [.. _folds.Select(fold =>
            LinearRegression.Fit(_diabetes.Select(fold.Training.AsSpan())).Model.Evaluate(_diabetes.Select(fold.Test.AsSpan())).RSquared)];

        CrossValidationResult<LinearRegression> result = CrossValidation.Linear(_diabetes, _folds, ModelScore.RSquared);

        result.Folds.Select(fold => fold.Score).Should().Equal(expected);
        result.Folds.Select(fold => fold.Fold).Should().Equal(_folds);
        double mean = expected.Sum() / 5, deviation = Math.Sqrt(expected.Sum(score => (score - mean) * (score - mean)) / 4);
        result.Summary.Mean.Should().Be(mean);
        result.Summary.StandardDeviation.Should().Be(deviation);
        result.Summary.StandardError.Should().Be(deviation / Math.Sqrt(5));
        result.Folds.Should().OnlyContain(fold => fold.IsConverged && fold.Training!.Reason == StopReason.Converged);
        result.ToString().Should().Contain("R²").And.Contain("5 folds").And.NotContain("failed").And.NotContain("not converged");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Logistic_AnyNumberOfThreads_HasTheSameBits(int threads)
    {
        Dataset data = SelectionData.BreastCancer;
        ImmutableArray<Fold> folds = Folds.Stratified(data, 4, repeats: 2);
        var penalty = new L2Penalty(0.01);
        double[] expected = [.. folds.Select(fold => LogisticRegression.Fit(data.Select(fold.Training.AsSpan()), penalty: penalty)
            .Model.Evaluate(data.Select(fold.Test.AsSpan())).LogLoss)];

        CrossValidation.Logistic(data, folds, ModelScore.LogLoss, penalty: penalty, options: new() { MaxParallelFits = threads })
            .Folds.Select(fold => fold.Score).Should().Equal(expected);
    }

    [Fact]
    public void Softmax_WithAccuracy_CountsRightPredictions()
    {
        Dataset data = Dataset.From([[0.0], [1], [2], [3], [4], [5], [6], [7], [8]], [0.0, 0, 1, 0, 1, 2, 1, 2, 2]);
        Fold fold = new([0, 1, 2, 3, 4, 5, 6, 7], [8]);

        CrossValidation.Softmax(data, [fold], ModelScore.Accuracy).Folds[0].Score.Should().Be(1);
    }

    [Fact]
    public void Run_FitThatThrows_IsReportedAndTheOtherFoldsGoOn()
    {
        // The second half is of one class: its fold cannot be fitted.
        Dataset data = Dataset.From([1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 0, 1, 1, 1, 1, 1]);
        Fold[] folds = [new([0, 1, 2, 3], [4, 5]), new([4, 5, 6, 7], [0, 1])];

        CrossValidationResult<LogisticRegression> result =
            CrossValidation.Logistic(data, folds, ModelScore.LogLoss, penalty: new L2Penalty(1));

        result.FailedCount.Should().Be(1);
        result.Folds[0].Error.Should().BeNull();
        result.Folds[1].Error.Should().BeOfType<ArgumentException>();
        result.Folds[1].Model.Should().BeNull();
        result.Folds[1].IsConverged.Should().BeFalse();
        result.Summary.Mean.Should().Be(double.NaN);
        result.ToString().Should().Contain("1 failed: Class 0 has no sample");
        result.PredictOutOfFold((model, test) => model.PredictProbabilities(test)).Select(double.IsNaN)
            .Should().Equal(true, true, true, true, false, false, true, true);
    }

    [Fact]
    public void Run_FitThatDoesNotConverge_IsReported()
    {
        CrossValidationResult<LinearRegression> result = CrossValidation.Run(_diabetes, _folds, ModelScore.RSquared, (training, token) =>
        {
            var model = new LinearRegression();
            TrainingResult one = new Trainer(new Adam(), new() { MaxSteps = 1 }).Fit(model, training, cancellationToken: token);
            return new FittedModel<LinearRegression>(model, one);
        });

        result.UnconvergedCount.Should().Be(5);
        result.FailedCount.Should().Be(0);
        result.Folds[2].Training!.Reason.Should().Be(StopReason.MaxSteps);
        result.ToString().Should().Contain("5 not converged");
    }

    [Fact]
    public void PredictOutOfFold_Repeated_IsTheMeanInTheOrderOfTheData()
    {
        ImmutableArray<Fold> folds = Folds.KFold(_diabetes.SampleCount, 3, seed: 5, repeats: 2);
        double[] expected = new double[_diabetes.SampleCount];
        foreach (Fold fold in folds)
        {
            LinearRegression model = LinearRegression.Fit(_diabetes.Select(fold.Training.AsSpan())).Model;
            foreach (int sample in fold.Test)
                expected[sample] += model.Predict(_diabetes.Features(sample)) / 2;
        }

        CrossValidation.Linear(_diabetes, folds, ModelScore.RSquared).PredictOutOfFold((model, test) => model.PredictAll(test))
            .Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 1e-12 * Math.Abs(pair.Second));
    }

    [Fact]
    public void Run_Cancelled_ThrowsAndStartsNoFurtherFold()
    {
        using var source = new CancellationTokenSource();
        int fits = 0;
        Action run = () => CrossValidation.Run(_diabetes, _folds, ModelScore.RSquared, (training, cancellation) =>
        {
            fits++;
            source.Cancel();
            return new FittedModel<LinearRegression>(LinearRegression.Fit(training, cancellationToken: cancellation).Model);
        }, new() { MaxParallelFits = 1 }, source.Token);

        run.Should().Throw<OperationCanceledException>();
        fits.Should().Be(1);
    }

    [Fact]
    public void Progress_AfterEachFold_CountsThem()
    {
        var seen = new List<int>();
        var progress = new Told(seen);

        CrossValidation.Linear(_diabetes, _folds, ModelScore.RSquared, options: new() { MaxParallelFits = 1, Progress = progress });

        seen.Should().Equal(1, 2, 3, 4, 5);
    }

    [Fact]
    public void Folds_OfMoreSamplesThanTheData_AreRefused()
    {
        Action run = () => CrossValidation.Linear(_diabetes, [new Fold([0, 1], [442])], ModelScore.RSquared);

        run.Should().Throw<ArgumentException>().WithMessage("A fold has the sample 442: the data has samples from 0 to 441.*");
    }

    private sealed class Told(List<int> seen) : IProgress<int>
    {
        public void Report(int value) => seen.Add(value);
    }
}
