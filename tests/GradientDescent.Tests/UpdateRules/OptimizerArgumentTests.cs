using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

/// <summary>Every argument of every constructor at the forbidden edges of its interval.</summary>
public sealed class OptimizerArgumentTests
{
    internal const string Positive = "it must be a finite number greater than 0.";
    internal const string NonNegative = "it must be a finite number of at least 0.";
    internal const string Share = "it must be at least 0 and less than 1.";
    internal const string Inside = "it must be greater than 0 and less than 1.";
    internal const string Whole = "it must be from 0 to 1.";

    private static readonly (string Type, string Argument, string Allowed, Func<double, Optimizer> Make)[] _arguments =
    [
        ("BatchGD", "learningRate", Positive, v => new BatchGD(v)),
        ("SGD", "learningRate", Positive, v => new SGD(v)),
        ("MiniBatchSGD", "learningRate", Positive, v => new MiniBatchSGD(v)),
        ("Momentum", "learningRate", Positive, v => new Momentum(v)),
        ("Momentum", "momentum", Share, v => new Momentum(momentum: v)),
        ("Momentum", "dampening", Share, v => new Momentum(dampening: v)),
        ("Nesterov", "learningRate", Positive, v => new Nesterov(v)),
        ("Nesterov", "momentum", Share, v => new Nesterov(momentum: v)),
        ("AdaGrad", "learningRate", Positive, v => new AdaGrad(v)),
        ("AdaGrad", "epsilon", Positive, v => new AdaGrad(epsilon: v)),
        ("AdaGrad", "initialAccumulator", NonNegative, v => new AdaGrad(initialAccumulator: v)),
        ("RMSProp", "learningRate", Positive, v => new RMSProp(v)),
        ("RMSProp", "rho", Share, v => new RMSProp(rho: v)),
        ("RMSProp", "epsilon", Positive, v => new RMSProp(epsilon: v)),
        ("RMSProp", "momentum", Share, v => new RMSProp(momentum: v)),
        ("RMSProp", "initialAccumulator", NonNegative, v => new RMSProp(initialAccumulator: v)),
        ("Adam", "learningRate", Positive, v => new Adam(v)),
        ("Adam", "beta1", Share, v => new Adam(beta1: v)),
        ("Adam", "beta2", Share, v => new Adam(beta2: v)),
        ("Adam", "epsilon", Positive, v => new Adam(epsilon: v)),
        ("AdamW", "learningRate", Positive, v => new AdamW(v)),
        ("AdamW", "beta1", Share, v => new AdamW(beta1: v)),
        ("AdamW", "beta2", Share, v => new AdamW(beta2: v)),
        ("AdamW", "epsilon", Positive, v => new AdamW(epsilon: v)),
        ("AdamW", "weightDecay", NonNegative, v => new AdamW(weightDecay: v)),
        ("AdaMax", "learningRate", Positive, v => new AdaMax(v)),
        ("AdaMax", "beta1", Share, v => new AdaMax(beta1: v)),
        ("AdaMax", "beta2", Share, v => new AdaMax(beta2: v)),
        ("AdaMax", "epsilon", Positive, v => new AdaMax(epsilon: v)),
        ("NAdam", "learningRate", Positive, v => new NAdam(v)),
        ("NAdam", "beta1", Share, v => new NAdam(beta1: v)),
        ("NAdam", "beta2", Share, v => new NAdam(beta2: v)),
        ("NAdam", "epsilon", Positive, v => new NAdam(epsilon: v)),
        ("NAdam", "momentumDecay", NonNegative, v => new NAdam(momentumDecay: v)),
        ("RAdam", "learningRate", Positive, v => new RAdam(v)),
        ("RAdam", "beta1", Share, v => new RAdam(beta1: v)),
        ("RAdam", "beta2", Share, v => new RAdam(beta2: v)),
        ("RAdam", "epsilon", Positive, v => new RAdam(epsilon: v)),
        ("AdaDelta", "learningRate", Positive, v => new AdaDelta(v)),
        ("AdaDelta", "rho", Share, v => new AdaDelta(rho: v)),
        ("AdaDelta", "epsilon", Positive, v => new AdaDelta(epsilon: v)),
        ("Rprop", "learningRate", Positive, v => new Rprop(v)),
        ("Rprop", "minStep", Positive, v => new Rprop(minStep: v)),
        ("Rprop", "maxStep", Positive, v => new Rprop(maxStep: v)),
        .. from rule in RuleFacts.All
           from argument in rule.Arguments
           select (rule.Name, argument.Name, argument.Allowed, (Func<double, Optimizer>)(v => rule.With(argument.Name, v))),
    ];

    public static TheoryData<string, string, double> Forbidden
    {
        get
        {
            var cases = new TheoryData<string, string, double>();
            foreach ((string type, string argument, string allowed, _) in _arguments)
            {
                double[] edges = allowed switch
                {
                    Positive => [0, -double.Epsilon],
                    NonNegative => [-double.Epsilon],
                    Inside => [0, 1],
                    Whole => [-double.Epsilon, Math.BitIncrement(1)],
                    _ => [-double.Epsilon, 1],
                };
                foreach (double value in (double[])[.. edges, double.NaN, double.PositiveInfinity, double.NegativeInfinity])
                    cases.Add(type, argument, value);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Constructor_OutsideTheInterval_NamesArgumentValueAndIntervalInEveryCulture(string type, string argument, double value)
    {
        (_, _, string allowed, Func<double, Optimizer> make) = _arguments.Single(a => a.Type == type && a.Argument == argument);
        Action act = () => make(value);

        act.Should().Throw<ArgumentOutOfRangeException>().Which.ParamName.Should().Be(argument);
        Cultures.MessageInEveryCulture(act).Should().StartWith(FormattableString.Invariant($"{argument} is {value}: {allowed}"));
    }

    [Fact]
    public void Constructor_AllowedEdges_AreAccepted()
    {
        foreach ((string type, string argument, string allowed, Func<double, Optimizer> make) in _arguments.Where(a =>
            a.Type != "Rprop" || a.Argument == "learningRate"))
        {
            foreach (double value in allowed switch
            {
                Positive => (double[])[double.Epsilon, double.MaxValue],
                NonNegative => [0, double.MaxValue],
                Inside => [double.Epsilon, Math.BitDecrement(1)],
                Whole => [0, 1],
                _ => [0, Math.BitDecrement(1)],
            })
            {
                make.Invoking(m => m(value)).Should().NotThrow("{0} takes {1} = {2}", type, argument, value);
            }
        }
    }

    /// <summary>The list above must not lag behind the optimizers.</summary>
    [Fact]
    public void Arguments_AllNumbersOfAllConstructors_AreListed()
    {
        string[] expected = [.. from type in typeof(Optimizer).Assembly.GetExportedTypes()
            where type.IsSubclassOf(typeof(Optimizer))
            from parameter in type.GetConstructors().Single().GetParameters()
            where parameter.ParameterType == typeof(double)
                && !(type == typeof(Rprop) && parameter.Name!.StartsWith("eta", StringComparison.Ordinal))
            select $"{type.Name}.{parameter.Name}"];

        _arguments.Select(a => $"{a.Type}.{a.Argument}").Should().BeEquivalentTo(expected);
    }

    [Fact]
    public void Constructor_FormsThatExcludeEachOther_AreRefused()
    {
        ((Action)(() => _ = new Nesterov(restart: true, rateInVelocity: false))).Should().Throw<ArgumentException>()
            .WithMessage("rateInVelocity is False: with a restart the velocity must contain the rate.*");
        ((Action)(() => _ = new Adam(correctsBeforeMaximum: true))).Should().Throw<ArgumentException>()
            .WithMessage("correctsBeforeMaximum is True: amsGrad must be True and epsilonHat False; they are False and False.*");
        ((Action)(() => _ = new Adam(amsGrad: true, epsilonHat: true, correctsBeforeMaximum: true))).Should().Throw<ArgumentException>()
            .WithMessage("*they are True and True.*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void Constructor_RpropsShrinkageOutsideItsInterval_IsRefused(double value) =>
        ((Action)(() => _ = new Rprop(etaMinus: value))).Should()
        .Throw<ArgumentOutOfRangeException>()
            .WithMessage(FormattableString.Invariant($"etaMinus is {value}: it must be greater than 0 and less than 1.*"));

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_RpropsGrowthOutsideItsInterval_IsRefused(double value) =>
        ((Action)(() => _ = new Rprop(etaPlus: value))).Should()
        .Throw<ArgumentOutOfRangeException>()
            .WithMessage(FormattableString.Invariant($"etaPlus is {value}: it must be greater than 1 and less than Infinity.*"));

    [Fact]
    public void Constructor_RpropsLongestStepBelowItsShortest_IsRefused() =>
        ((Action)(() => _ = new Rprop(minStep: 2, maxStep: 1))).Should()
        .Throw<ArgumentOutOfRangeException>().WithMessage("maxStep is 1: it must be at least 2.*");

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Constructor_BatchSizeBelowOne_NamesIt(int size)
    {
        Action act = () => _ = new MiniBatchSGD(batchSize: size);

        act.Should().Throw<ArgumentOutOfRangeException>().Which.ParamName.Should().Be("batchSize");
        Cultures.MessageInEveryCulture(act).Should().StartWith(FormattableString.Invariant($"batchSize is {size}: it must be at least 1."));
    }

    [Fact]
    public void Of_BatchSizeBelowOne_NamesIt() => ((Action)(() => Batching.Mini(0))).Should()
        .Throw<ArgumentOutOfRangeException>().WithMessage("size is 0: it must be at least 1.*");

    [Theory]
    [InlineData(-1e-300)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Update_BadRate_NamesItAndChangesNothing(double rate)
    {
        var optimizer = new Momentum();
        double[] parameters = [1, 2];

        Action act = () => optimizer.Update(parameters, [1, 1], rate);

        act.Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage(FormattableString.Invariant($"learningRate is {rate}: {NonNegative}*"));
        parameters.Should().Equal(1, 2);
        optimizer.StepCount.Should().Be(0);
    }

    [Fact]
    public void Update_LengthsThatDiffer_NamesBothAndChangesNothing()
    {
        var optimizer = new Adam();
        double[] parameters = [1, 2];

        Action act = () => optimizer.Update(parameters, [1, 1, 1], 0.1);

        act.Should().Throw<ArgumentException>().WithMessage("gradient has 3 entries, parameters have 2: the lengths must be equal.*");
        parameters.Should().Equal(1, 2);
        optimizer.StepCount.Should().Be(0);
    }
}
