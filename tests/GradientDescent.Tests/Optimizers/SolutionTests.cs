namespace GradientDescent.Tests.Optimizers;

/// <summary>Update rules whose solution is not the parameters. Its values are in the trajectories, in a run it is what counts.</summary>
public class SolutionTests
{
    private static readonly double[][] _rows =
        [.. Enumerable.Range(0, 60).Select(i => Enumerable.Range(0, 4).Select(j => Math.Sin(7 * i + 5 * j)).ToArray())];

    /// <summary>A plane and noise: mini-batches disagree on where the optimum is.</summary>
    private static readonly Dataset _data = Dataset.From(_rows, [.. _rows.Select((row, i) => 3 * row[0] - 2 * row[1] + i * i % 5 - 2)]);

    public static TheoryData<string, Optimizer> Rules => new()
    {
        { "ScheduleFreeSGD", new ScheduleFreeSGD(0.5) },
        { "ScheduleFreeAdamW", new ScheduleFreeAdamW(0.5) },
        { "DoG", new DoG(initialDistance: 0.1) },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Fit_ByMiniBatches_ReturnsTheSolution(string name, Optimizer optimizer)
    {
        // At these rates the parameters keep moving, so the mean has the lower loss. A run returns the best of what it evaluated at the
        // ends of its epochs; the runs that end earlier have the states of those ends.
        const int Epochs = 12;
        TrainingResult[] runs = [.. Enumerable.Range(1, Epochs).Select(epochs => Fit(epochs))];

        double[] returned = [.. runs[^1].OptimizedParameters];

        runs.Should().Contain(run => run.OptimizerState.Vectors["average"].SequenceEqual(returned), "{0} has a solution", name);
        runs.Should().NotContain(run => run.LastFiniteParameters.SequenceEqual(returned));

        TrainingResult Fit(int epochs) =>
            new Trainer(optimizer, new() { MaxEpochs = epochs, Batching = Batching.Mini(6) })
                .Fit(new LinearRegression(), _data, options: new() { Scaling = FeatureScaling.None });
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void CopySolution_BeforeTheFirstStepAndInFloat_CopiesWhatThereIs(string name, Optimizer optimizer)
    {
        float[] parameters = [1, -2], solution = new float[2];

        optimizer.CopySolution(parameters, solution).Should().BeFalse();
        solution.Should().Equal(parameters);
        for (int t = 0; t < 3; t++)
            optimizer.Update(parameters, [0.5f, -1]);

        optimizer.CopySolution(parameters, solution).Should().BeTrue("{0} has one", name);
        solution.Should().Equal([.. optimizer.GetState().Vectors["average"].Select(x => (float)x)]);
    }

    [Fact]
    public void CopySolution_OfARuleWithoutOne_CopiesTheParameters()
    {
        double[] parameters = [1, -2], solution = new double[2];
        var optimizer = new Adam();
        optimizer.Update(parameters, [0.5, -1]);

        optimizer.CopySolution(parameters, solution).Should().BeFalse();
        solution.Should().Equal(parameters);
    }
}
