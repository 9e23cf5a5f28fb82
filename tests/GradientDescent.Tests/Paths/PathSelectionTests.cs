using System.Collections.Immutable;
using GradientDescent.Tests.Selection;

namespace GradientDescent.Tests.Paths;

public class PathSelectionTests
{
    [Fact]
    public void Simplest_IsTheLargestStrengthWithinOneStandardErrorOfTheBest()
    {
        ImmutableArray<Fold> folds = Folds.Stratified(SelectionData.BreastCancer, 5, seed: 2);
        var path = new PathOptions { Count = 15, SmallestRatio = 1e-3 };

        PathSelection<LogisticRegression> selection = PathSelection.Logistic(SelectionData.BreastCancer, folds, path);

        // By hand, from the scores of the folds.
        double[] means = [.. selection.FoldScores.Select(scores => scores.Average())];
        int best = Array.IndexOf(means, means.Min());
        double deviation = Math.Sqrt(selection.FoldScores[best].Sum(score => Math.Pow(score - means[best], 2)) / 4);
        int simplest = Array.FindIndex(means, mean => mean <= means[best] + deviation / Math.Sqrt(5));
        selection.BestIndex.Should().Be(best);
        selection.SimplestIndex.Should().Be(simplest).And.BeLessThan(best);
        selection.Simplest.Strength.Should().Be(selection.Path.Points[simplest].Strength);
        selection.UnconvergedCount.Should().Be(0);
    }

    [Fact]
    public void ScoreThatIsGreaterIfBetter_ChoosesTheGreatest()
    {
        PathSelection<LogisticRegression> selection = PathSelection.Logistic(
            SelectionData.BreastCancer, Folds.Stratified(SelectionData.BreastCancer, 3), new() { Count = 6 }, ModelScore.Accuracy);

        selection.Summaries[selection.BestIndex].Mean.Should().Be(selection.Summaries.Max(summary => summary.Mean));
    }

    [Fact]
    public void AnyNumberOfThreads_HasTheSameBits()
    {
        PathSelection<LinearRegression> one = Select(1), two = Select(2);

        two.FoldScores.SelectMany(scores => scores).Should().Equal(one.FoldScores.SelectMany(scores => scores));
        two.Best.Model.Parameters.Should().Equal(one.Best.Model.Parameters);

        static PathSelection<LinearRegression> Select(int threads) => PathSelection.Linear(
            SelectionData.Diabetes, Folds.KFold(442, 4), new() { Count = 10 }, options: new() { MaxParallelFits = threads });
    }
}
