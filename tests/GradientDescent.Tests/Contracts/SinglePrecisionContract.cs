namespace GradientDescent.Tests.Contracts;

/// <summary>What every optimizer promises for vectors of floats.</summary>
public sealed class SinglePrecisionContract
{
    public static TheoryData<string> Names => [.. AllOptimizers.ByName.Keys];

    public static TheoryData<Optimizer> LongMemories =>
    [
        new Adam(1, 0.9999, 0.9999),
        new Adam(1, 0.9999, 0.9999, amsGrad: true),
        new AdamW(1, 0.9999, 0.9999),
        new AdaMax(1, 0.9999, 0.9999),
        new NAdam(1, 0.9999, 0.9999),
        new RAdam(1, 0.9999, 0.9999),
        new RMSProp(1, 0.9999),
        new AdaDelta(1, 0.9999),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_AfterSomeUpdates_ContinuesWithTheSameBits(string name)
    {
        Optimizer whole = AllOptimizers.ByName[name]();
        float[] expected = Start();
        Updates(whole, expected, 0, 12);

        Optimizer first = AllOptimizers.ByName[name]();
        float[] actual = Start();
        Updates(first, actual, 0, 5);
        var second = (Optimizer)first.CreateNew();
        second.SetState(first.GetState());
        Updates(second, actual, 5, 7);

        actual.Should().Equal(expected);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_AtARateThatIsNotAllowed_ThrowsAndChangesNothing(string name)
    {
        foreach (double rate in (double[])[-1e-300, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            Optimizer optimizer = AllOptimizers.ByName[name]();
            float[] parameters = Start();

            optimizer.Invoking(o => o.Update(parameters, Gradient(0), rate)).Should().Throw<ArgumentOutOfRangeException>()
                .WithParameterName("learningRate");

            parameters.Should().Equal(Start());
            optimizer.StepCount.Should().Be(0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_OfDifferentLengths_ThrowsAndChangesNothing(string name)
    {
        Optimizer optimizer = AllOptimizers.ByName[name]();
        float[] parameters = [1, 2, 3];

        optimizer.Invoking(o => o.Update(parameters, new float[2], 0.1)).Should().Throw<ArgumentException>()
            .WithMessage("*gradient has 2*parameters have 3*");

        parameters.Should().Equal(1, 2, 3);
        optimizer.StepCount.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_OfAnotherLengthOrPrecision_ThrowsNamingBothAndChangesNothing(string name)
    {
        Optimizer optimizer = AllOptimizers.ByName[name]();
        Updates(optimizer, Start(), 0, 2);
        OptimizerState before = optimizer.GetState();

        optimizer.Invoking(o => o.Update(new float[5], new float[5], 0.1)).Should().Throw<InvalidOperationException>()
            .WithMessage("*37*5*");
        optimizer.Invoking(o => o.Update(new double[37], new double[37], 0.1)).Should().Throw<InvalidOperationException>()
            .WithMessage("*Single*Double*");

        optimizer.GetState().Should().BeEquivalentTo(before);
    }

    // 1 − β in float is wrong by up to 2⁻²⁵/(1 − β) = 3e-4 for β = 0.9999; it must be formed in double. A step from 0 is the update alone.
    // Its mean and mean square take at most 4 roundings a step for 8 steps, the quotient a few more: 64 roundings of 2⁻²⁴.
    [Theory]
    [MemberData(nameof(LongMemories))]
    public void Update_WithALongMemory_TakesTheStepsOfDoublePrecision(Optimizer optimizer)
    {
        var single = (Optimizer)optimizer.CreateNew();
        for (int t = 0; t < 8; t++) // RAdam begins to rectify at the sixth
        {
            double[] expected = new double[3], gradient = [1, -0.5, 2 + t];
            float[] actual = new float[3];

            optimizer.Update(expected, gradient, 1);
            single.Update(actual, Array.ConvertAll(gradient, g => (float)g), 1);

            for (int i = 0; i < 3; i++)
                ((double)actual[i]).Should().BeApproximately(expected[i], 64 / (double)(1 << 24) * Math.Abs(expected[i]));
        }
    }

    private static float[] Start() => [.. Enumerable.Range(0, 37).Select(i => (float)Math.Sin(i + 1.0))];

    private static float[] Gradient(int t) =>
        [.. Enumerable.Range(0, 37).Select(i => i % 9 == 8 ? 0 : (float)(Math.Cos(1.7 * i + 0.9 * t) * Math.Pow(10, i % 5 - 2)))];

    private static void Updates(Optimizer optimizer, float[] parameters, int first, int count)
    {
        for (int t = first; t < first + count; t++)
            optimizer.Update(parameters, Gradient(t), 0.01 / (1 + t % 3));
    }
}
