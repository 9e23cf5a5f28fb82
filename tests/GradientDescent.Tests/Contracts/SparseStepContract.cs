namespace GradientDescent.Tests.Contracts;

/// <summary>What a step on a sparse gradient promises, for every optimizer whose rule treats each parameter separately.</summary>
public class SparseStepContract
{
    private const int Length = 23;
    private const int Steps = 12;

    public static TheoryData<string> Names =>
        [.. AllOptimizers.ByName.Where(one => ((ISparseOptimizer)one.Value()).TakesSparseGradients).Select(one => one.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void StepOnAllParameters_HasTheBitsOfTheDenseStep(string name)
    {
        (double[] dense, OptimizerState denseState) = Run(name, sparse: false, (_, _) => true);
        (double[] sparse, OptimizerState sparseState) = Run(name, sparse: true, (_, _) => true);

        sparse.Should().Equal(dense);
        sparseState.Should().BeEquivalentTo(denseState);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ParameterThatIsNeverPresent_KeepsItsValueAndItsState(string name)
    {
        (double[] parameters, OptimizerState state) = Run(name, sparse: true, (index, _) => index % 3 != 0);
        (_, OptimizerState atStart) = Run(name, sparse: true, (_, _) => false);

        for (int i = 0; i < Length; i += 3)
        {
            parameters[i].Should().Be(Start()[i]);
            foreach ((string vector, System.Collections.Immutable.ImmutableArray<double> numbers) in state.Vectors)
                numbers[i].Should().Be(atStart.Vectors[vector][i], "entry {0} of '{1}' is untouched", i, vector);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void RuleThatIgnoresZeros_IsNamedSo_AndNoOther(string name)
    {
        (double[] dense, OptimizerState denseState) = Run(name, sparse: false, IsPresent);
        (double[] sparse, OptimizerState sparseState) = Run(name, sparse: true, IsPresent);
        bool isEqual = sparse.SequenceEqual(dense)
            && denseState.Vectors.All(vector => vector.Value.SequenceEqual(sparseState.Vectors[vector.Key]));

        isEqual.Should().Be(((ISparseOptimizer)AllOptimizers.ByName[name]()).IgnoresZeroGradients);

        static bool IsPresent(int index, int step) => (index + step) % 5 is 0 or 3;
    }

    [Fact]
    public void GradientOfAnotherLength_AndRulesOfWholeVectors_AreRefused()
    {
        var gradient = new SparseGradient(3);
        gradient.Add(1, 2);

        ((Action)(() => new SGD().Update(new double[4], gradient, 0.1))).Should().Throw<ArgumentException>()
            .WithMessage("The gradient has the length 3: there are 4 parameters.*").WithParameterName("gradient");
        ((Action)(() => new DoG().Update(new double[3], gradient, 1))).Should().Throw<InvalidOperationException>()
            .WithMessage("DoG needs sums over all parameters: it takes no sparse gradient.");
    }

    /// <summary>Makes steps in which some parameters are present; in a dense step the gradient of the others is 0.</summary>
    /// <param name="name">The optimizer.</param>
    /// <param name="sparse">Whether the gradient is sparse.</param>
    /// <param name="isPresent">Whether a parameter is present in a step.</param>
    private static (double[] Parameters, OptimizerState State) Run(string name, bool sparse, Func<int, int, bool> isPresent)
    {
        Optimizer optimizer = AllOptimizers.ByName[name]();
        double[] parameters = Start();
        var gradient = new SparseGradient(Length);
        for (int t = 0; t < Steps; t++)
        {
            double[] dense = new double[Length];
            gradient.Clear();
            for (int i = Length - 1; i >= 0; i--)
            {
                if (!isPresent(i, t))
                    continue;
                dense[i] = Math.Cos(1.3 * i + t) * Math.Pow(10, i % 5 - 2);
                gradient.Add(i, dense[i]);
            }

            double rate = optimizer.LearningRate * (1 + 0.25 * (t % 3));
            if (sparse)
                optimizer.Update(parameters, gradient, rate);
            else
                optimizer.Update(parameters, dense, rate);
        }

        return (parameters, optimizer.GetState());
    }

    private static double[] Start() => [.. Enumerable.Range(0, Length).Select(i => i % 7 == 4 ? 0 : Math.Sin(1 + i))];
}
