using System.Collections.Immutable;
using System.Text.Json;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Solvers;

/// <summary>
/// Test problems of Moré, Garbow and Hillstrom, "Testing Unconstrained Optimization Software", 1981: sums of squares f₁² + … + fₘ².
/// </summary>
internal sealed class MoreGarbowHillstrom
{
    private MoreGarbowHillstrom(JsonElement problem)
    {
        (Number, Name) = (problem.GetProperty("number").GetInt32(), problem.GetProperty("name").GetString()!);
        Start = problem.GetProperty("start").Numbers();
        (AtStart, Minimum) = (problem.GetProperty("objective_at_start").GetDouble(), problem.GetProperty("minimum").GetDouble());
        if (!problem.TryGetProperty("data", out JsonElement data))
            return;
        Y = data.GetProperty("y").Numbers();
        U = data.TryGetProperty("u", out JsonElement u) ? u.Numbers() : [];
    }

    public int Number { get; }

    public string Name { get; }

    public double[] Start { get; }

    /// <summary>The value at the start, and the lowest one, from the file.</summary>
    public double AtStart { get; }

    public double Minimum { get; }

    private double[] Y { get; } = [];

    private double[] U { get; } = [];

    public static ImmutableArray<MoreGarbowHillstrom> All()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "mgh.json")));
        return [.. document.RootElement.GetProperty("problems").EnumerateArray().Select(problem => new MoreGarbowHillstrom(problem))];
    }

    /// <summary>The share of the difference between start and minimum that a value is above the minimum.</summary>
    public double Gap(double value) => (value - Minimum) / (AtStart - Minimum);

    public IObjective NewObjective() => Objective.Differentiable(parameters =>
    {
        Variable sum = 0;
        foreach (Variable f in Residuals([.. parameters]))
            sum += f * f;
        return sum;
    });

    /// <summary>Fits the residuals to zeros: point i is residual i.</summary>
    public NonlinearFit Fit()
    {
        int count = Residuals([.. Start.Select(one => (Variable)one)]).Count();
        double[] points = [.. Range(0, count).Select(i => (double)i)];
        return NonlinearLeastSquares.Fit((p, i) => Residuals([.. p]).ElementAt((int)i), points, new double[count], Start);
    }

    public override string ToString() => $"{Number} {Name} {Start.Length}";

    private IEnumerable<Variable> Residuals(Variable[] x) => Number switch
    {
        1 => [10 * (x[1] - x[0] * x[0]), 1 - x[0]],
        3 => [1e4 * x[0] * x[1] - 1, Variable.Exp(-x[0]) + Variable.Exp(-x[1]) - 1.0001],
        5 => [1.5 - x[0] * (1 - x[1]), 2.25 - x[0] * (1 - x[1] * x[1]), 2.625 - x[0] * (1 - x[1] * x[1] * x[1])],
        7 => HelicalValley(x),
        9 => Range(1, 15).Select(i => x[0] * Variable.Exp(-x[1] * Square((8 - i) / 2.0 - x[2]) / 2) - Y[i - 1]),
        11 => Range(1, 99).Select(i => Gulf(x, i / 100.0)),
        13 => [x[0] + 10 * x[1], Math.Sqrt(5) * (x[2] - x[3]), Square(x[1] - 2 * x[2]), Math.Sqrt(10) * Square(x[0] - x[3])],
        15 => Range(0, 11).Select(i => Y[i] - x[0] * (U[i] * U[i] + U[i] * x[1]) / (U[i] * U[i] + U[i] * x[2] + x[3])),
        17 => Range(0, 33).Select(i => Y[i] - (x[0] + x[1] * Variable.Exp(-10.0 * i * x[3]) + x[2] * Variable.Exp(-10.0 * i * x[4]))),
        19 => Range(0, 65).Select(i => Y[i] - Osborne(x, i / 10.0)),
        20 => Watson(x),
        21 => Range(0, x.Length).Select(i => i % 2 == 0 ? 10 * (x[i + 1] - x[i] * x[i]) : 1 - x[i - 1]),
        23 => [.. x.Select(one => Math.Sqrt(1e-5) * (one - 1)), Sum(x.Select(Square)) - 0.25],
        24 => PenaltyTwo(x),
        25 => VariablyDimensioned(x),
        27 => [.. x[..^1].Select(one => one + Sum(x) - (x.Length + 1)), x.Aggregate((Variable)1, (product, one) => product * one) - 1],
        29 => IntegralEquation(x),
        31 => Range(0, x.Length).Select(i => Banded(x, i)),
        33 => Range(1, 2 * x.Length).Select(i => i * Sum(x.Select((one, j) => (j + 1) * one)) - 1),
        35 => Range(1, x.Length).Select(i => Sum(x.Select(one => Chebyshev(one, i))) / x.Length + (i % 2 == 0 ? 1.0 / (i * i - 1) : 0)),
        _ => throw new NotSupportedException(ToString()),
    };

    private static IEnumerable<int> Range(int start, int count) => Enumerable.Range(start, count);

    private static Variable Sum(IEnumerable<Variable> terms) => terms.Aggregate((Variable)0, (sum, term) => sum + term);

    private static Variable Square(Variable x) => x * x;

    private static Variable[] HelicalValley(Variable[] x)
    {
        Variable theta = Variable.Atan(x[1] / x[0]) / (2 * Math.PI) + (x[0] < 0 ? 0.5 : 0);
        return [10 * (x[2] - 10 * theta), 10 * (Variable.Sqrt(x[0] * x[0] + x[1] * x[1]) - 1), x[2]];
    }

    private static Variable Gulf(Variable[] x, double t)
    {
        double y = 25 + Math.Pow(-50 * Math.Log(t), 2.0 / 3);
        return Variable.Exp(-(Variable.Pow(Variable.Abs(y - x[1]), x[2]) / x[0])) - t;
    }

    private static Variable Osborne(Variable[] x, double t) => x[0] * Variable.Exp(-t * x[4])
        + Sum(Range(1, 3).Select(k => x[k] * Variable.Exp(-Square(t - x[7 + k]) * x[4 + k])));

    private static IEnumerable<Variable> Watson(Variable[] x)
    {
        IEnumerable<Variable> residuals = Range(1, 29).Select(i =>
        {
            double t = i / 29.0;
            Variable slope = Sum(x.Skip(1).Select((one, j) => (j + 1) * Math.Pow(t, j) * one));
            return slope - Square(Sum(x.Select((one, j) => Math.Pow(t, j) * one))) - 1;
        });
        return [.. residuals, x[0], x[1] - x[0] * x[0] - 1];
    }

    private static IEnumerable<Variable> PenaltyTwo(Variable[] x)
    {
        double root = Math.Sqrt(1e-5);
        int n = x.Length;
        return
        [
            x[0] - 0.2,
            .. Range(1, n - 1).Select(i => root * (Variable.Exp(x[i] / 10) + Variable.Exp(x[i - 1] / 10)
                - (Math.Exp((i + 1) / 10.0) + Math.Exp(i / 10.0)))),
            .. Range(1, n - 1).Select(i => root * (Variable.Exp(x[i] / 10) - Math.Exp(-0.1))),
            Sum(x.Select((one, j) => (n - j) * Square(one))) - 1,
        ];
    }

    private static IEnumerable<Variable> VariablyDimensioned(Variable[] x)
    {
        Variable sum = Sum(x.Select((one, j) => (j + 1) * (one - 1)));
        return [.. x.Select(one => one - 1), sum, sum * sum];
    }

    private static IEnumerable<Variable> IntegralEquation(Variable[] x)
    {
        double h = 1.0 / (x.Length + 1);
        Variable[] cubes = [.. x.Select((one, j) => Square(one + (j + 1) * h + 1) * (one + (j + 1) * h + 1))];
        return Range(0, x.Length).Select(i =>
        {
            double t = (i + 1) * h;
            Variable below = Sum(cubes.Take(i + 1).Select((cube, j) => (j + 1) * h * cube));
            Variable above = Sum(cubes.Select((cube, j) => (1 - (j + 1) * h) * cube).Skip(i + 1));
            return x[i] + h / 2 * ((1 - t) * below + t * above);
        });
    }

    private static Variable Banded(Variable[] x, int i)
    {
        IEnumerable<int> neighbours = Range(0, x.Length).Where(j => j != i && j >= i - 5 && j <= i + 1);
        return x[i] * (2 + 5 * Square(x[i])) + 1 - Sum(neighbours.Select(j => x[j] * (1 + x[j])));
    }

    /// <summary>The Chebyshev polynomial of a degree, shifted to [0, 1].</summary>
    private static Variable Chebyshev(Variable x, int degree)
    {
        Variable before = 1, now = 2 * x - 1;
        for (int k = 1; k < degree; k++)
            (before, now) = (now, 2 * (2 * x - 1) * now - before);
        return now;
    }
}
