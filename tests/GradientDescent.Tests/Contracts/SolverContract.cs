using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Contracts;

/// <summary>What every solver without a learning rate promises.</summary>
public class SolverContract
{
    private const int Length = 7;

    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 9000).Select(i => Enumerable.Range(0, 9).Select(j => HashedWork.Wave(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, 9000).Select(i => i % 2.0)]);

    public static TheoryData<string> Names => [.. AllSolvers.ByName.Keys];

    public static TheoryData<string> Proximal => [.. AllSolvers.Proximal];

    public static TheoryData<string> Smooth => [.. AllSolvers.ByName.Keys.Except(AllSolvers.Proximal)];

    [Fact]
    public void TheList_NamesEverySolverOfTheLibrary() =>
        AllSolvers.ByName.Values.Select(create => create().GetType()).Distinct().Should().BeEquivalentTo(
            typeof(IOptimizer).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(RateFreeSolver)) && !type.IsAbstract));

    [Theory]
    [MemberData(nameof(Names))]
    public void Minimize_OfAConvexFunction_ConvergesToItsMinimum(string name)
    {
        TrainingResult result = new Trainer(Create(name)).Minimize(Bowl(), Start());

        result.Reason.Should().Be(StopReason.Converged);

        // ‖∇f‖ ≤ 1e-8 and the smallest curvature is 1, so no parameter is more than 1e-8 away.
        for (int i = 0; i < Length; i++)
            result.Parameters[i].Should().BeApproximately(Centres()[i], 1e-8);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_AtAnyStep_ContinuesWithTheSameBits(string name)
    {
        for (int breakAt = 0; breakAt <= 6; breakAt++)
        {
            IOptimizer whole = Create(name);
            double[] expected = [-1.2, 1, 2, 0.5], actual = [-1.2, 1, 2, 0.5];
            Run(whole, expected, 12);

            IOptimizer first = Create(name);
            Run(first, actual, breakAt);
            OptimizerState state = first.GetState();
            Run(first, [-1.2, 1, 2, 0.5], breakAt == 0 ? 0 : 3); // the state is a copy: later steps do not change it
            IOptimizer second = first.CreateNew();
            second.SetState(state);
            Run(second, actual, 12 - breakAt);

            actual.Should().Equal(expected, "the break is at step {0}", breakAt);
            second.StepCount.Should().Be(12);
            second.GetState().Should().BeEquivalentTo(whole.GetState());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_BeforeTheEnd_EndsInTheSameWay(string name)
    {
        // Values near 1e12 hide the last steps, so that the solver itself ends the run.
        IObjective offset = Objective.From((p, g) =>
        {
            double value = Bowl().Evaluate(p, g);
            for (int i = 0; i < Length; i++)
                g[i] += 1e-7 * Math.Sin(1e9 * p[i]); // what rounding leaves of a gradient
            return 1e12 + value;
        });
        IOptimizer solver = Create(name);
        double[] parameters = Start(), gradient = new double[Length];
        StopDetails? end = null, resumed = null;
        for (int k = 0; k < 2000 && end is null; k++)
        {
            double loss = offset.Evaluate(parameters, gradient);
            IOptimizer other = solver.CreateNew();
            other.SetState(solver.GetState());
            double[] copy = [.. parameters], itsGradient = [.. gradient];
            var its = new UpdateContext(copy, itsGradient, 1, loss, offset);
            other.Update(ref its);
            var context = new UpdateContext(parameters, gradient, 1, loss, offset);
            solver.Update(ref context);
            (end, resumed) = (context.Stopped, its.Stopped);
            copy.Should().Equal(parameters);
        }

        end.Should().NotBeNull();
        resumed.Should().Be(end);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_OfAStateThatDoesNotFit_ThrowsAndChangesNothing(string name)
    {
        IOptimizer optimizer = Create(name);
        Run(optimizer, Start(), 3);
        OptimizerState good = optimizer.GetState();
        List<OptimizerState> wrong =
        [
            new("Another", 3, good.Scalars, good.Vectors, length: Length),
            new(good.Algorithm, 3, good.Scalars.Add("extra", 1), good.Vectors, length: Length),
            new(good.Algorithm, 3, good.Scalars, good.Vectors.Add("extra", [.. new double[Length]]), length: Length),
            new(good.Algorithm, 3, good.Scalars, good.Vectors, [KeyValuePair.Create("inner", new SGD().GetState())], Length),
            new(good.Algorithm, 3, good.Scalars, good.Vectors),
            new(good.Algorithm, 0, good.Scalars, good.Vectors, length: Length),
            new(good.Algorithm, 0, good.Scalars.Add("extra", 1)),
        ];
        foreach (string scalar in good.Scalars.Keys)
        {
            wrong.Add(new(good.Algorithm, 3, good.Scalars.Remove(scalar), good.Vectors, length: Length));
            wrong.Add(new(good.Algorithm, 3, good.Scalars.SetItem(scalar, double.NaN), good.Vectors, length: Length));
            if (scalar != "lowestValue")
                wrong.Add(new(good.Algorithm, 3, good.Scalars.SetItem(scalar, scalar == "slope" ? 1 : -1), good.Vectors, length: Length));
            if (scalar.EndsWith("Count", StringComparison.Ordinal))
                wrong.Add(new(good.Algorithm, 3, good.Scalars.SetItem(scalar, 1.5), good.Vectors, length: Length));
        }

        foreach (string vector in good.Vectors.Keys)
        {
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.Remove(vector), length: Length));
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.SetItem(vector, good.Vectors[vector].Add(1)), length: Length));
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.SetItem(vector, good.Vectors[vector].SetItem(0, double.NaN)),
                length: Length));
        }

        foreach (OptimizerState state in wrong)
            optimizer.Invoking(o => o.SetState(state)).Should().Throw<ArgumentException>();

        optimizer.GetState().Should().BeEquivalentTo(good);
        optimizer.SetState(good);
        optimizer.GetState().Should().BeEquivalentTo(good);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CreateNew_AfterSteps_BehavesLikeANewInstance(string name)
    {
        IOptimizer used = Create(name);
        Run(used, Start(), 4);
        OptimizerState before = used.GetState();
        double[] expected = Start(), actual = Start();
        Run(Create(name), expected, 4);

        IOptimizer fresh = used.CreateNew();
        fresh.GetState().StepCount.Should().Be(0);
        fresh.ToString().Should().Be(used.ToString());
        Run(fresh, actual, 4);

        actual.Should().Equal(expected);
        used.GetState().Should().BeEquivalentTo(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_WithoutWhatItNeeds_ThrowsAndChangesNothing(string name)
    {
        RateFreeSolver solver = Create(name);
        double[] parameters = Start(), gradient = new double[Length];
        double loss = Bowl().Evaluate(parameters, gradient);

        solver.Invoking(s => s.Update(parameters, gradient, 1)).Should().Throw<InvalidOperationException>().WithMessage("*Trainer*");
        Make(double.NaN, 1).Should().Throw<ArgumentException>().WithMessage("*NaN*");
        Make(loss, 0.5).Should().Throw<ArgumentException>().WithMessage("*0.5*rate*");

        parameters.Should().Equal(Start());
        solver.GetState().Should().BeEquivalentTo(Create(name).GetState());
        Run(solver, parameters, 2);
        solver.Invoking(s => Run(s, [1], 1)).Should().Throw<InvalidOperationException>().WithMessage("*7*1*");
        solver.StepCount.Should().Be(2);

        Action Make(double value, double factor) => () =>
        {
            var context = new UpdateContext(parameters, gradient, factor, value, Bowl(), factor);
            solver.Update(ref context);
        };
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Trainer_WithAnOptionThatNeedsARate_RefusesItByName(string name)
    {
        foreach (IOptimizer solver in (IOptimizer[])[Create(name), new SharpnessAware(Create(name)), new ParameterGroups(Create(name))])
        {
            foreach ((string option, TrainingOptions options) in ((string, TrainingOptions)[])
            [
                ("Schedule", new() { Schedule = new CosineDecay(Horizon.Fraction(1)) }),
                ("Schedule", new() { Schedule = new ConstantSchedule(0.5) }),
                ("Recovery", new() { Recovery = new DivergenceRecovery() }),
                ("GradientTransforms", new() { GradientTransforms = [GradientClipping.ByNorm(1)] }),
                ("Batching", new() { Batching = Batching.Mini(1) }),
            ])
            {
                solver.Invoking(s => new Trainer(s, options)).Should().Throw<ArgumentException>().WithParameterName(option);
            }
        }

        Create(name).Invoking(s => new Trainer(s, new() { Schedule = new ConstantSchedule(1) })).Should().NotThrow();
    }

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Minimize_WithANonsmoothPenalty_IsRefusedByName(string name) =>
        Create(name).Invoking(s => new Trainer(s).Minimize(Bowl().WithPenalty(new L1Penalty(1)), Start()))
            .Should().Throw<NotSupportedException>().WithMessage($"{name}*{nameof(BarzilaiBorwein)}*");

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_WithAnyNumberOfThreads_GivesTheSameBits(string name)
    {
        double[] expected = Fit(1);
        foreach (int threads in (int[])[2, 3, 8])
            Fit(threads).Should().Equal(expected, "{0} threads", threads);

        double[] Fit(int threads)
        {
            var model = new LogisticRegression();
            var options = new TrainingOptions { MaxSteps = 15, MaxDegreeOfParallelism = threads, ParallelThreshold = 0 };
            TrainingResult result = new Trainer(Create(name), options).Fit(model, _data);
            return [.. result.Parameters, result.Loss, .. result.LastFiniteParameters];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_AfterTheFirst_AllocatesNothing(string name)
    {
        IOptimizer solver = Create(name);
        double[] parameters = [-1.2, 1, 2, 0.5], gradient = new double[4];
        solver.Step(Rosenbrock(), parameters, gradient);
        IObjective valley = Rosenbrock();

        AllocatedBytes.Of(() =>
        {
            for (int i = 0; i < 10; i++)
                solver.Step(valley, parameters, gradient);
        }).Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Proximal))]
    public void Minimize_WithBounds_IsNeverOutside(string name)
    {
        // x² + y² on [1, 2]²: the minimum is the corner (1, 1), where both derivatives are 2.
        var watched = new Quadratic([2, 2], [0, 0]);
        int outside = 0;
        IObjective bowl = Objective.From((p, g) =>
        {
            outside += p[0] is < 1 or > 2 || p[1] is < 1 or > 2 ? 1 : 0;
            return watched.Evaluate(p, g);
        });

        foreach (double[] start in (double[][])[[2, 1.3], [1, 2], [1.5, 1.5], [-7, 30]])
        {
            TrainingResult result = new Trainer(Create(name)).Minimize(bowl.WithPenalty(new BoxConstraint(1, 2)), start);

            result.Reason.Should().Be(StopReason.Converged);
            result.Parameters.Should().Equal(1, 1);
            result.Steps.Should().BeLessThanOrEqualTo(5);
            result.GradientNorm.Should().Be(0);
        }

        outside.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Proximal))]
    public void Minimize_OfAParabolaAndAnAbsoluteValue_EndsAtTheOptimum(string name)
    {
        // ½(x − 3)² + |x| has the derivative x − 2 for x > 0; ½(x − ½)² + |x| has its minimum at the corner of |x|.
        Minimum(3, 10).Should().BeApproximately(2, 1e-8);
        Minimum(-3, 10).Should().BeApproximately(-2, 1e-8);
        Minimum(0.5, 10).Should().Be(0);
        Minimum(-0.5, -10).Should().Be(0);

        double Minimum(double centre, double start)
        {
            IObjective objective = Parabola(centre).WithPenalty(new L1Penalty(1));
            double minimum = new Trainer(Create(name)).Minimize(objective, [start]).Parameters[0];
            new Trainer(new ParameterGroups(Create(name))).Minimize(objective, [start]).Parameters.Should().Equal(minimum);
            return minimum;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Minimize_AtTheEndOfTheDomain_ShortensTheStep(string name)
    {
        // x − ln x − 1 is NaN for x < 0; its minimum is 0 at 1. From 1e-3 the first steps are far too long or too short.
        IObjective barrier = Objective.From(p => p[0] - Math.Log(p[0]) - 1, (p, g) => g[0] = 1 - 1 / p[0]);

        foreach (double start in (double[])[1e-3, 0.5, 3])
        {
            TrainingResult result = new Trainer(Create(name)).Minimize(barrier, [start]);

            result.Reason.Should().NotBe(StopReason.Diverged);
            result.Parameters[0].Should().BeApproximately(1, 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Minimize_OfAFunctionWithAWrongGradient_ReturnsTheStartAndPointsToTheCheck(string name)
    {
        if (name == "PolyakStep")
            return; // it compares no values

        IObjective wrong = Objective.From(p => p[0] * p[0], (p, g) => g[0] = -2 * p[0]);

        TrainingResult result = new Trainer(Create(name)).Minimize(wrong, [1]);

        result.Reason.Should().Be(StopReason.OptimizerStopped);
        result.Parameters.Should().Equal(1);
        result.Stop.Quantity.Should().Contain("no lower point");
        result.Diagnosis.Should().Contain(nameof(GradientCheck));
    }

    private static RateFreeSolver Create(string name) => AllSolvers.ByName[name]();

    private static double[] Start() => [.. Enumerable.Range(0, Length).Select(i => 3 - 0.75 * i)];

    private static double[] Centres() => [.. Enumerable.Range(0, Length).Select(i => 0.125 * i)];

    private static Quadratic Bowl() => new([.. Enumerable.Range(1, Length).Select(i => (double)i)], Centres());

    private static IObjective Parabola(double centre) => new Quadratic([1], [centre]);

    /// <summary>The sum of two Rosenbrock functions.</summary>
    private static IObjective Rosenbrock() => Objective.From((p, g) =>
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i += 2)
        {
            double a = 1 - p[i], b = p[i + 1] - p[i] * p[i];
            sum += a * a + 100 * b * b;
            (g[i], g[i + 1]) = (-2 * a - 400 * p[i] * b, 200 * b);
        }

        return sum;
    });

    private static void Run(IOptimizer solver, double[] parameters, int count) =>
        solver.Steps(parameters.Length == 4 ? Rosenbrock() : Bowl(), parameters, count);
}
