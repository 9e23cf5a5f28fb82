using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace GradientDescent.Tool;

/// <summary>
/// A linear problem of NIST's Statistical Reference Datasets with its exact solution, computed from the data in rational arithmetic.
/// </summary>
/// <param name="Name">The name of the problem at NIST, in lower case.</param>
/// <param name="Data">The data of the file.</param>
/// <param name="Degree">The degree of the polynomial to fit, or 0 for a linear model of the columns.</param>
/// <param name="HasIntercept">Whether the model has an intercept.</param>
/// <param name="Coefficients">The exact coefficients; the intercept, if there is one, is first.</param>
/// <param name="StandardErrors">The exact standard errors, in the same order.</param>
/// <param name="ResidualStandardDeviation">The square root of the residual sum of squares divided by its degrees of freedom.</param>
/// <param name="RSquared">R² about the mean if there is an intercept, otherwise about 0.</param>
internal sealed record NistProblem(
    string Name,
    Dataset Data,
    int Degree,
    bool HasIntercept,
    ImmutableArray<double> Coefficients,
    ImmutableArray<double> StandardErrors,
    double ResidualStandardDeviation,
    double RSquared)
{
    private static readonly string[] _names =
        ["norris", "pontius", "noint1", "noint2", "filip", "longley", "wampler1", "wampler2", "wampler3", "wampler4", "wampler5"];

    public static ImmutableArray<NistProblem> All()
    {
        using Stream file = Open("certified.json");
        using JsonDocument certified = JsonDocument.Parse(file);
        return [.. _names.Select(name => Read(name, certified.RootElement.GetProperty(name)))];
    }

    /// <summary>The data with the powers as features, each rounded to a double.</summary>
    public Dataset Rounded => Degree == 0
        ? Data
        : Dataset.From(
            Enumerable.Range(0, Data.SampleCount),
            i => [.. Enumerable.Range(1, Degree).Select(k => Math.Pow(Data.Features(i)[0], k))],
            i => Data.Targets(i)[0]);

    private static NistProblem Read(string name, JsonElement exact)
    {
        using Stream csv = Open($"{name}.csv");
        var data = Dataset.FromCsv(csv, name, ["y"]);
        bool hasIntercept = exact.GetProperty("intercept").GetBoolean();
        ImmutableArray<double> coefficients = Numbers("coefficients_intercept_first");
        bool isPolynomial = exact.GetProperty("design").GetString()!.StartsWith("powers", StringComparison.Ordinal);
        return new(
            name,
            data,
            isPolynomial && hasIntercept ? coefficients.Length - 1 : 0,
            hasIntercept,
            coefficients,
            Numbers("standard_errors"),
            Number(exact.GetProperty("residual_standard_deviation")),
            Number(exact.GetProperty("r_squared")));

        ImmutableArray<double> Numbers(string property) => [.. exact.GetProperty(property).EnumerateArray().Select(Number)];
    }

    private static double Number(JsonElement text) => double.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static Stream Open(string name) => typeof(NistProblem).Assembly.GetManifestResourceStream($"nist.{name}")!;
}
