using System.Collections.Immutable;

namespace GradientDescent.Tests.Selection;

public class CurveTests
{
    private static readonly Dataset _diabetes = SelectionData.Diabetes;

    [Fact]
    public void Importance_OfAFeatureThatTheModelDoesNotUse_IsZero()
    {
        var model = new LinearRegression();
        model.SetParameters([2.0, 0, 1], 2);
        Dataset data = Dataset.From([[1.0, 7], [2, 3], [3, 9], [4, 1]], [3.0, 5, 7, 9]);

        ImmutableArray<FeatureImportance> importances =
            PermutationImportance.Compute(model, data, ModelScore.MeanSquaredError, repeats: 200);

        importances[1].Drop.Mean.Should().Be(0);
        // The model is exact. Exchanged at random, the mean of (2x − 2x′)² is 4·2·var(x) = 10, with the sign of a score that is a loss.
        importances[0].Drop.Mean.Should().BeApproximately(10, 4 * importances[0].Drop.StandardError);
        importances[0].Feature.Should().Be("x1");
    }

    [Fact]
    public void Importance_SameSeed_HasTheSameBitsForAnyNumberOfThreads()
    {
        LinearRegression model = LinearRegression.Fit(_diabetes).Model;

        Drops(2).Should().Equal(Drops(1));

        double[] Drops(int threads) => [.. PermutationImportance
            .Compute(model, _diabetes, ModelScore.RSquared, seed: 4, options: new() { MaxParallelFits = threads })
            .Select(importance => importance.Drop.Mean)];
    }

    [Fact]
    public void LearningCurve_AtAllTrainingSamples_EqualsCrossValidation()
    {
        ImmutableArray<Fold> folds = Folds.KFold(440, 4);
        Dataset data = _diabetes.Select([.. Enumerable.Range(0, 440)]);
        double expected = CrossValidation.Linear(data, folds, ModelScore.RSquared).Summary.Mean;

        ImmutableArray<CurvePoint<int>> curve = LearningCurve.Run(
            data, folds, [20, 330], ModelScore.RSquared,
            (training, token) => LinearRegression.Fit(training, cancellationToken: token));

        curve[1].Test.Mean.Should().BeApproximately(expected, 1e-10); // the same samples in another order
        curve[0].Training.Mean.Should().BeGreaterThan(curve[1].Training.Mean, "20 samples and 11 coefficients leave little to explain");
        curve[0].Test.Mean.Should().BeLessThan(curve[1].Test.Mean);
    }

    [Fact]
    public void LearningCurve_MoreSamplesThanAFoldHas_IsRefused()
    {
        Action run = () => LearningCurve.Run(
            _diabetes, Folds.KFold(442, 2), [222], ModelScore.RSquared,
            (training, token) => LinearRegression.Fit(training, cancellationToken: token));

        run.Should().Throw<ArgumentException>().WithMessage("sizes is 222: it must be from 1 to 221.*");
    }

    [Fact]
    public void ValidationCurve_OfAPenalty_EqualsCrossValidationAtEachValue()
    {
        ImmutableArray<Fold> folds = Folds.Stratified(SelectionData.BreastCancer, 3);
        double[] strengths = [0.001, 1];

        ImmutableArray<CurvePoint<double>> curve = ValidationCurve.Run(SelectionData.BreastCancer, folds, strengths, ModelScore.LogLoss,
            (strength, training, token) =>
            {
                LogisticFit fit = LogisticRegression.Fit(training, penalty: new L2Penalty(strength), cancellationToken: token);
                return new(fit.Model, fit.Result);
            });

        curve.Select(point => point.Value).Should().Equal(strengths);
        curve.Select(point => point.Test.Mean).Should().Equal(strengths.Select(strength => CrossValidation.Logistic(
            SelectionData.BreastCancer, folds, ModelScore.LogLoss, penalty: new L2Penalty(strength)).Summary.Mean));
    }

    [Fact]
    public void Fit_ThatThrows_LeavesTheOtherPointsAndIsReported()
    {
        ImmutableArray<CurvePoint<int>> curve = ValidationCurve.Run(
            _diabetes, Folds.KFold(442, 2), [1, 2], ModelScore.RSquared, (value, training, token) => value == 1
                ? throw new InvalidOperationException("no fit")
                : LinearRegression.Fit(training, cancellationToken: token));

        curve[0].Errors.Select(error => error.Message).Should().Equal("no fit", "no fit");
        curve[0].TestScores.Should().Equal(double.NaN, double.NaN);
        curve[0].ToString().Should().EndWith("; 2 failed: no fit");
        curve[1].Errors.Should().BeEmpty();
        curve[1].UnconvergedCount.Should().Be(0);
        curve[1].Test.Mean.Should().Be(
            CrossValidation.Linear(_diabetes, Folds.KFold(442, 2), ModelScore.RSquared).Summary.Mean);
    }

    [Fact]
    public void Fit_ThatHasNotConverged_IsCounted()
    {
        ImmutableArray<CurvePoint<int>> curve = LearningCurve.Run(
            _diabetes, Folds.KFold(442, 2), [100], ModelScore.RSquared, (training, token) =>
            {
                var model = new LinearRegression();
                return new(model, new Trainer(new Adam(), new() { MaxSteps = 3 }).Fit(model, training, cancellationToken: token));
            });

        curve[0].UnconvergedCount.Should().Be(2);
        curve[0].ToString().Should().EndWith("; 2 not converged");
    }

    [Fact]
    public void Fit_ThatIsCancelled_EndsTheCurve()
    {
        using var source = new CancellationTokenSource();
        Action run = () => LearningCurve.Run<LinearRegression>(
            _diabetes, Folds.KFold(442, 2), [100], ModelScore.RSquared, (_, token) =>
            {
                source.Cancel();
                token.ThrowIfCancellationRequested();
                throw new InvalidOperationException("never reached");
            }, cancellationToken: source.Token);

        run.Should().Throw<OperationCanceledException>();
    }
}
