namespace GradientDescent.Tests.Curvature;

/// <summary>A run that ends on a ridge is told so, and one that ends at a minimum is not.</summary>
public sealed class SaddleHintTests
{
    private const string Saddle = "this is a saddle point or a maximum, not a minimum. Start elsewhere.";

    public static TheoryData<string, Func<double[], double>, double[]> Saddles => new()
    {
        { "x² − y² along the ridge", p => p[0] * p[0] - p[1] * p[1], [1, 0] },
        { "x² − y² at the saddle", p => p[0] * p[0] - p[1] * p[1], [0, 0] },
        { "xy along its ridge", p => p[0] * p[1], [1, 1] },
        { "monkey saddle with a bowl", p => p[0] * p[0] + p[1] * p[1] - 3 * p[2] * p[2] + Math.Pow(p[2], 4), [1, 2, 0] },
        { "the top of a hill", p => -p[0] * p[0] - 2 * p[1] * p[1], [0, 0] },
        { "far away and weak", p => Math.Pow(p[0] - 50, 2) - 0.1 * Math.Pow(p[1] + 20, 2), [40, -20] },
        { "offset", p => 1e4 + p[0] * p[0] - p[1] * p[1], [1, 0] },
        { "x² − y⁴", p => p[0] * p[0] - Math.Pow(p[1], 4), [1, 0] },
        { "top of a flat hill", p => 1 - Math.Pow(p[0], 4), [0] },
        { "among twenty", p => p[..19].Sum(x => x * x) - p[19] * p[19], [.. Enumerable.Repeat(1.0, 19), 0] },
    };

    [Theory]
    [MemberData(nameof(Saddles))]
    public void Minimize_EndingAtASaddle_SaysSo(string name, Func<double[], double> function, double[] start)
    {
        TrainingResult result = Descend(function, start);

        result.Reason.Should().Be(StopReason.Converged, name);
        result.Note.Should().NotBeNull(name).And.EndWith(Saddle);
    }

    // The run along x⁴ comes to its end slowly.
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-4)]
    public void Minimize_EndingOnARidgeOfDegreeFour_SaysSo(double gradientTolerance)
    {
        TrainingResult result = Descend(p => Math.Pow(p[0], 4) - Math.Pow(p[1], 4), [1, 0], gradientTolerance);

        result.Reason.Should().Be(StopReason.Converged);
        result.Note.Should().NotBeNull().And.EndWith(Saddle);
    }

    public static TheoryData<string, Func<double[], double>, double[]> Falls => new()
    {
        { "x³", p => Math.Pow(p[0], 3), [0] },
        { "−x³ + 2", p => 2 - Math.Pow(p[0], 3), [0] },
        { "monkey saddle", p => Math.Pow(p[0], 3) - 3 * p[0] * p[1] * p[1], [0, 0] },
        { "x² + y³", p => p[0] * p[0] + Math.Pow(p[1], 3), [1, 0] },
    };

    [Theory]
    [MemberData(nameof(Falls))]
    public void Minimize_EndingWhereTheLossFallsOnOneSide_SaysSo(string name, Func<double[], double> function, double[] start)
    {
        TrainingResult result = Descend(function, start);

        result.Reason.Should().Be(StopReason.Converged, name);
        result.Note.Should().NotBeNull(name).And.EndWith("this is not a minimum. Start elsewhere.");
    }

    // Convex functions of two parameters, at any place, with powers of 1.5 to 6, and rounding as their only noise.
    [Fact]
    public void Minimize_AConvexFunction_SaysNothing()
    {
        var random = new Random(4);
        for (int i = 0; i < 300; i++)
        {
            double power = 1.5 + 4.5 * random.NextDouble(), turn = random.NextDouble(), ratio = Math.Pow(10, -3 * random.NextDouble());
            double offset = random.Next(2) * Math.Pow(10, 6 * random.NextDouble() - 3), place = random.Next(2) * 10 * random.NextDouble();
            double Convex(double[] p)
            {
                double a = p[0] - place + turn * p[1], b = p[1] - turn * (p[0] - place);
                return offset + 0.1 * Math.Pow(Math.Abs(a), power) + 0.1 * ratio * b * b;
            }

            TrainingResult result = Descend(Convex, [place + random.NextDouble(), random.NextDouble()], gradientTolerance: 1e-3);

            result.Note.Should().BeNull($"power {power}, turn {turn}, ratio {ratio}, offset {offset}, place {place}");
        }
    }

    public static TheoryData<string, Func<double[], double>, double[]> Minima => new()
    {
        { "bowl", p => p[0] * p[0] + 3 * p[1] * p[1], [1, 2] },
        { "flat in one direction", p => p[0] * p[0] + 0 * p[1], [1, 2] },
        { "quartic", p => p[0] * p[0] + Math.Pow(p[1], 4), [1, 0] },
        { "x⁴", p => Math.Pow(p[0], 4), [1] },
        { "|x|³", p => Math.Pow(Math.Abs(p[0]), 3), [0.5] },
        { "|x|³ at its minimum", p => Math.Pow(Math.Abs(p[0]), 3), [0] },
        { "flat with rounding", p => 1e-3 * Math.Pow(p[0] * 0.1, 6) + (p[0] + 1 - 1 - p[0]), [0.1] },
        { "many minima, the shallow one", p => 0.1 * p[0] * p[0] - Math.Cos(p[0]), [5.5] },
        { "constant", _ => 3, [1, 2] },
        { "noise", p => p[0] * p[0] + 1e-12 * Math.Sin(1e9 * p[0]), [0] },
        { "end of the domain", p => p[0] < 0.999 ? double.NaN : Math.Pow(p[0] - 1, 2), [1] },
    };

    [Theory]
    [MemberData(nameof(Minima))]
    public void Minimize_EndingAtAMinimum_SaysNothing(string name, Func<double[], double> function, double[] start)
    {
        TrainingResult result = Descend(function, start, gradientTolerance: 1e-3);

        result.Reason.Should().Be(StopReason.Converged, name);
        result.Note.Should().BeNull(name);
    }

    [Fact]
    public void Maximize_EndingAtASaddle_SaysSo()
    {
        IObjective saddle = Objective.From(p => p[0] * p[0] - p[1] * p[1]);

        TrainingResult result = new Trainer(new BatchGD(0.1)).Maximize(saddle, [0, 1]);

        result.Note.Should().Be("The gradient is nearly 0, but the loss is higher on both sides, most of all along coordinate 0: " +
            "this is a saddle point or a minimum, not a maximum. Start elsewhere.");
    }

    [Fact]
    public void Minimize_AFunctionThatThrowsElsewhere_HasItsResult()
    {
        bool isNarrow = false;
        IObjective guarded = Objective.From(
            p => isNarrow && p[0] != 0 ? throw new InvalidOperationException("outside") : p[0] * p[0],
            (p, g) => (g[0], isNarrow) = (2 * p[0], true));

        new Trainer(new BatchGD(0.1)).Minimize(guarded, [0]).Note.Should().BeNull();
    }

    private static TrainingResult Descend(Func<double[], double> function, double[] start, double gradientTolerance = 1e-6) =>
        new Trainer(new BatchGD(0.1), new() { GradientTolerance = gradientTolerance })
            .Minimize(Objective.From(p => function(p.ToArray())), start);
}
