using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GradientDescent.Tests.Golden;

namespace GradientDescent.Tests.NonlinearFits;

/// <summary>
/// Problems of NIST's Statistical Reference Datasets for nonlinear regression, with certified values of 11 digits:
/// https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml.
/// </summary>
internal sealed class NistNonlinear
{
    // The certified values have no more.
    private const double MostDigits = 11;

    private NistNonlinear(JsonNode set)
    {
        Name = (string)set["name"]!;
        (Start1, Start2) = (set["start1"].Numbers(), set["start2"].Numbers());
        (Certified, StandardDeviations) = (set["certified"].Numbers(), set["standard_deviations"].Numbers());
        SumOfSquares = (double)set["residual_sum_of_squares"]!;
        ResidualStandardDeviation = (double)set["residual_standard_deviation"]!;
        DegreesOfFreedom = (int)set["degrees_of_freedom"]!;
        double[][] data = [.. set["data"]!.AsArray().Select(row => row.Numbers())];
        Y = [.. data.Select(row => Name == "Nelson" ? Math.Log(row[0]) : row[0])];
        Rows = [.. data.Select(row => row[1..])];
    }

    public string Name { get; }

    public double[] Start1 { get; }

    public double[] Start2 { get; }

    public double[] Certified { get; }

    public double[] StandardDeviations { get; }

    public double SumOfSquares { get; }

    public double ResidualStandardDeviation { get; }

    public int DegreesOfFreedom { get; }

    public double[][] Rows { get; }

    public double[] Y { get; }

    public static ImmutableArray<NistNonlinear> All() =>
        [.. GoldenFile.Load("nist-nonlinear.json")["sets"]!.AsArray().Select(set => new NistNonlinear(set!))];

    /// <summary>The number of correct digits of the worst of some numbers.</summary>
    public static double Digits(IEnumerable<double> actual, IEnumerable<double> certified) => actual.Zip(certified, Digits).Min();

    public static double Digits(double actual, double certified)
    {
        double error = Math.Abs(actual - certified) / Math.Abs(certified);
        return double.IsNaN(error) ? 0 : Math.Clamp(-Math.Log10(error), 0, MostDigits);
    }

    public NonlinearFit Fit(double[] start, NonlinearFitOptions? options = null) =>
        NonlinearLeastSquares.Fit(Formula, Rows, Y, start, options: options);

    public override string ToString() => Name;

    private Variable Formula(ReadOnlySpan<Variable> b, ReadOnlySpan<double> row)
    {
        double x = row[0];
        return Name switch
        {
            "Bennett5" => b[0] * Variable.Pow(b[1] + x, -1 / b[2]),
            "Chwirut1" => Variable.Exp(-b[0] * x) / (b[1] + b[2] * x),
            "DanWood" => b[0] * Variable.Pow(x, b[1]),
            "Eckerle4" => b[0] / b[1] * Variable.Exp(-0.5 * Square((x - b[2]) / b[1])),
            "Gauss2" => b[0] * Variable.Exp(-b[1] * x) + b[2] * Variable.Exp(-Square((x - b[3]) / b[4]))
                + b[5] * Variable.Exp(-Square((x - b[6]) / b[7])),
            "Hahn1" or "Thurber" => (b[0] + x * (b[1] + x * (b[2] + x * b[3]))) / (1 + x * (b[4] + x * (b[5] + x * b[6]))),
            "Lanczos1" or "Lanczos3" => b[0] * Variable.Exp(-b[1] * x) + b[2] * Variable.Exp(-b[3] * x) + b[4] * Variable.Exp(-b[5] * x),
            "MGH10" => b[0] * Variable.Exp(b[1] / (x + b[2])),
            "Misra1a" => b[0] * (1 - Variable.Exp(-b[1] * x)),
            "Misra1c" => b[0] * (1 - 1 / Variable.Sqrt(1 + 2 * b[1] * x)),
            "Nelson" => b[0] - b[1] * x * Variable.Exp(-b[2] * row[1]),
            "Rat43" => b[0] / Variable.Pow(1 + Variable.Exp(b[1] - b[2] * x), 1 / b[3]),
            _ => throw new NotSupportedException(Name),
        };
    }

    private static Variable Square(Variable x) => x * x;
}
