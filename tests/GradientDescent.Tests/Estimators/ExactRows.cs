using GradientDescent.Tests.Support;
using GradientDescent.Tool;

namespace GradientDescent.Tests.Estimators;

/// <summary>Problems of NIST, with their rows in exact arithmetic.</summary>
internal static class ExactRows
{
    public static (double[] Coefficients, TrainingResult Result) Fit(NistProblem problem)
    {
        if (problem.Degree > 0)
        {
            PolynomialFit polynomial = LinearRegression.FitPolynomial(problem.Data, problem.Degree);
            return ([.. polynomial.Coefficients], polynomial.Result);
        }

        LinearFit fit = LinearRegression.FitAccurately(problem.Data, problem.HasIntercept);
        return (problem.HasIntercept ? [fit.Intercept, .. fit.Weights] : [.. fit.Weights], fit.Result);
    }

    public static IEnumerable<int> Samples(Dataset data) => Enumerable.Range(0, data.SampleCount);

    /// <summary>1 for the intercept, then features or exact powers.</summary>
    public static Dyadic[] Of(NistProblem problem, ReadOnlySpan<double> features)
    {
        if (problem.Degree > 0)
            return Powers(features[0], problem.Degree);
        List<Dyadic> row = problem.HasIntercept ? [Dyadic.Of(1)] : [];
        foreach (double feature in features)
            row.Add(Dyadic.Of(feature));
        return [.. row];
    }

    public static Dyadic[] Powers(double x, int degree)
    {
        var powers = new Dyadic[degree + 1];
        powers[0] = Dyadic.Of(1);
        for (int k = 1; k <= degree; k++)
            powers[k] = powers[k - 1] * Dyadic.Of(x);
        return powers;
    }
}
