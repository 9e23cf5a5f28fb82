using System.Collections.Immutable;
using MathNet.Numerics.LinearRegression;

namespace GradientDescent.Tool;

/// <summary>Correct digits of the worst coefficient (or standard error) by four methods.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Fit">LinearRegression.Fit.</param>
/// <param name="FitErrors">Its standard errors.</param>
/// <param name="Accurate">LinearRegression.FitAccurately or FitPolynomial.</param>
/// <param name="AccurateErrors">Its standard errors.</param>
/// <param name="AccurateRun">Its run.</param>
/// <param name="FirstOrder">Accelerated gradient steps on the standardised columns.</param>
/// <param name="FirstOrderRun">Their run.</param>
/// <param name="Qr">MathNet's QR.</param>
internal sealed record NistRow(
    NistProblem Problem, double Fit, double FitErrors, double Accurate, double AccurateErrors, TrainingResult AccurateRun, double FirstOrder, TrainingResult FirstOrderRun, double Qr)
{
    public const double MaxDigits = 16;
    public const int MaxSteps = 20_000;

    public static NistRow Of(NistProblem problem)
    {
        Dataset rounded = problem.Rounded;
        LinearFit fit = LinearRegression.Fit(rounded, problem.HasIntercept);
        (double[] accurate, RegressionStatistics statistics, TrainingResult run) = Accurately(problem);
        TrainingResult steps = FirstOrderSteps(rounded, problem.HasIntercept);
        return new(
            problem,
            Digits(InterceptFirst(fit.Result.Parameters, problem.HasIntercept), problem.Coefficients),
            Digits(InterceptFirst([.. fit.Statistics.Coefficients.Select(c => c.StandardError)], problem.HasIntercept), problem.StandardErrors),
            Digits(accurate, problem.Coefficients),
            Digits(InterceptFirst([.. statistics.Coefficients.Select(c => c.StandardError)], problem.HasIntercept && problem.Degree == 0), problem.StandardErrors),
            run,
            Digits(InterceptFirst(steps.LastFiniteParameters, problem.HasIntercept), problem.Coefficients),
            steps,
            Digits(Analytic(rounded, problem.HasIntercept), problem.Coefficients));
    }

    /// <summary>−log₁₀ of the largest relative error, of the absolute error where 0 is exact; from 0 to 16.</summary>
    public static double Digits(IEnumerable<double> computed, IEnumerable<double> exact) => computed.Zip(exact, Digits).Min();

    public static double Digits(double computed, double exact)
    {
        double error = Math.Abs(computed - exact) / (exact == 0 ? 1 : Math.Abs(exact));
        return error == 0 ? MaxDigits : double.IsFinite(error) ? Math.Clamp(-Math.Log10(error), 0, MaxDigits) : 0;
    }

    private static (double[] Coefficients, RegressionStatistics Statistics, TrainingResult Run) Accurately(NistProblem problem)
    {
        if (problem.Degree > 0)
        {
            PolynomialFit polynomial = LinearRegression.FitPolynomial(problem.Data, problem.Degree);
            return ([.. polynomial.Coefficients], polynomial.Statistics, polynomial.Result);
        }

        LinearFit fit = LinearRegression.FitAccurately(problem.Data, problem.HasIntercept);
        return (InterceptFirst(fit.Result.Parameters, problem.HasIntercept), fit.Statistics, fit.Result);
    }

    private static TrainingResult FirstOrderSteps(Dataset data, bool intercept)
    {
        var options = new TrainingOptions { MaxSteps = MaxSteps, GradientTolerance = 1e-16, Batching = Batching.Full, MaxDegreeOfParallelism = 1 };
        var fitOptions = new FitOptions { RateFromCurvature = true };
        return new Trainer(new Nesterov(momentum: 0.999, restart: true), options).Fit(new LinearRegression(intercept: intercept), data, options: fitOptions);
    }

    private static double[] Analytic(Dataset data, bool intercept)
    {
        double[][] rows = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i).ToArray())];
        return MultipleRegression.QR(rows, [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])], intercept);
    }

    private static double[] InterceptFirst(ImmutableArray<double> parameters, bool hasIntercept) => hasIntercept ? [parameters[^1], .. parameters[..^1]] : [.. parameters];
}
