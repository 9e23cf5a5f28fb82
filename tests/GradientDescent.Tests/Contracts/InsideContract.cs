using System.Collections.Immutable;

namespace GradientDescent.Tests.Contracts;

/// <summary>Every rule inside <see cref="Lookahead"/> and inside a group of parameters: resumed, frozen beside, and in a run.</summary>
public sealed class InsideContract
{
    // A frozen block is between the blocks of the group's rule. The rule works on the matrix and the vector as if they were adjacent.
    private static readonly ParameterLayout _layout = new(
        new ParameterBlock("matrix", 3, 4), new ParameterBlock("fixed", 2, 3), new ParameterBlock("vector", 5));

    private static readonly ParameterLayout _free = new(new ParameterBlock("matrix", 3, 4), new ParameterBlock("vector", 5));

    public static TheoryData<string> Names => [.. AllOptimizers.ByName.Keys, .. AllBlockOptimizers.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Lookahead_AroundEachRule_ContinuesWithTheSameBits(string name)
    {
        for (int breakAt = 0; breakAt <= 7; breakAt++)
        {
            (IOptimizer whole, IOptimizer first) = (Around(name), Around(name));
            double[] expected = Start(_layout.Count), actual = Start(_layout.Count);
            Steps(whole, expected, 0, 12);
            Steps(first, actual, 0, breakAt);
            IOptimizer second = Around(name);
            second.SetState(first.GetState());
            Steps(second, actual, breakAt, 12 - breakAt);

            actual.Should().Equal(expected, "the break is at step {0}", breakAt);
        }

        static IOptimizer Around(string name)
        {
            IOptimizer optimizer = new Lookahead(Rule(name), synchronizationPeriod: 3);
            optimizer.Bind(_layout);
            return optimizer;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ParameterGroups_OfEachRule_KeepFrozenBitsAndGiveTheRuleTheRest(string name)
    {
        ParameterGroups groups = new ParameterGroups(Rule(name)).Freeze("fixed");
        groups.Bind(_layout);
        IOptimizer alone = Rule(name);
        alone.Bind(_free);
        double[] parameters = Start(_layout.Count), fixedPart = parameters[12..18];
        fixedPart[2] = parameters[14] = -0.0;
        double[] free = [.. parameters[..12], .. parameters[18..]];
        for (int t = 0; t < 12; t++)
        {
            double[] gradient = Gradient(t, _layout.Count);
            groups.Update(parameters, gradient, groups.LearningRate);
            alone.Update(free, [.. gradient[..12], .. gradient[18..]], alone.LearningRate);
        }

        parameters[12..18].Select(BitConverter.DoubleToInt64Bits).Should().Equal(fixedPart.Select(BitConverter.DoubleToInt64Bits));
        double[] rest = [.. parameters[..12], .. parameters[18..]];
        rest.Should().Equal(free);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_WithAFrozenBlock_NeverChangesABitOfItAndCountsItNowhere(string name)
    {
        Dataset data = Dataset.From(
            [.. Enumerable.Range(0, 30).Select(i => Enumerable.Range(0, 4).Select(j => Math.Sin(7 * i + 5 * j)).ToArray())],
            [.. Enumerable.Range(0, 30).Select(i => i % 3.0)]);
        double[] start = [.. Enumerable.Range(0, 15).Select(i => i == 13 ? -0.0 : Math.Cos(i))];
        var options = new TrainingOptions { MaxSteps = 12, GradientTransforms = [GradientClipping.ByNorm(0.05)] };
        if (!Rule(name).Batching.IsFull)
            options = options with { Batching = Batching.Mini(7) };
        var fit = new FitOptions
        {
            Penalty = new L2Penalty(0.1, onIntercepts: true),
            Scaling = FeatureScaling.None,
            Start = [.. start],
        };

        TrainingRun run = new Trainer(new ParameterGroups(Rule(name)).Freeze("intercepts"), options)
            .CreateRun(new SoftmaxRegression(3), data, options: fit);

        while (run.Advance())
            Bits(run.Parameters).Should().Equal(Bits([.. start]), "step {0}", run.Report.Step);
        Bits(run.Result.Parameters).Should().Equal(Bits([.. start]));

        static long[] Bits(ImmutableArray<double> parameters) => [.. parameters.Skip(12).Select(BitConverter.DoubleToInt64Bits)];
    }

    private static IOptimizer Rule(string name) =>
        AllOptimizers.ByName.TryGetValue(name, out Func<Optimizer>? create) ? create() : AllBlockOptimizers.ByName[name]();

    private static double[] Start(int length) => [.. Enumerable.Range(0, length).Select(i => HashedWork.Wave(i) + 0.25)];

    private static double[] Gradient(int t, int length) => [.. Enumerable.Range(0, length).Select(i => HashedWork.Wave(17 * i + 9 * t))];

    private static void Steps(IOptimizer optimizer, double[] parameters, int first, int count)
    {
        for (int t = first; t < first + count; t++)
            optimizer.Update(parameters, Gradient(t, parameters.Length), optimizer.LearningRate);
    }
}
