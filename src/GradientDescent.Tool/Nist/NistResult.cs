using System.Collections.Immutable;
using MathNet.Numerics.LinearRegression;

namespace GradientDescent.Tool;

/// <summary>The correct digits of the worst coefficient, or of the worst standard error, for four methods.</summary>
/// <param name="Problem">The problem that was solved.</param>
/// <param name="Fit">The digits of LinearRegression.Fit.</param>
/// <param name="FitErrors">The digits of the standard errors of LinearRegression.Fit.</param>
/// <param name="Accurate">The digits of LinearRegression.FitAccurately or FitPolynomial.</param>
/// <param name="AccurateErrors">The digits of the standard errors of LinearRegression.FitAccurately or FitPolynomial.</param>
/// <param name="AccurateRun">The run of LinearRegression.FitAccurately or FitPolynomial.</param>
/// <param name="FirstOrder">The digits of accelerated gradient descent on standardized columns.</param>
/// <param name="FirstOrderRun">The run of accelerated gradient descent.</param>
/// <param name="Qr">The digits of MathNet's QR.</param>
internal sealed record NistResult(
    NistProblem Problem,
    double Fit,
    double FitErrors,
    double Accurate,
    double AccurateErrors,
    TrainingResult AccurateRun,
    double FirstOrder,
    TrainingResult FirstOrderRun,
    double Qr)
{
    public const double MaxDigits = 16;
    public const int MaxSteps = 20_000;

    public static NistResult Of(NistProblem problem)
    {
        Dataset rounded = problem.Rounded;
        LinearFit fit = LinearRegression.Fit(rounded, problem.HasIntercept);
        (double[] accurate, RegressionStatistics statistics, TrainingResult run) = Accurately(problem);
        TrainingResult steps = FirstOrderSteps(rounded, problem.HasIntercept);
        bool isInterceptLast = problem.HasIntercept && problem.Degree == 0; // in a polynomial fit the intercept is first
        return new(
            problem,
            Digits(InterceptFirst(fit.Result.Parameters, problem.HasIntercept), problem.Coefficients),
            Digits(InterceptFirst(StandardErrors(fit.Statistics), problem.HasIntercept), problem.StandardErrors),
            Digits(accurate, problem.Coefficients),
            Digits(InterceptFirst(StandardErrors(statistics), isInterceptLast), problem.StandardErrors),
            run,
            Digits(InterceptFirst(steps.LastFiniteParameters, problem.HasIntercept), problem.Coefficients),
            steps,
            Digits(Analytic(rounded, problem.HasIntercept), problem.Coefficients));
    }

    /// <summary>Returns −log₁₀ of the largest relative error (absolute if the exact value is 0), from 0 to 16.</summary>
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
        var options = new TrainingOptions
        {
            MaxSteps = MaxSteps,
            GradientTolerance = 1e-16,
            Batching = Batching.Full,
            MaxDegreeOfParallelism = 1,
        };
        var fitOptions = new FitOptions { RateFromCurvature = true };
        return new Trainer(new Nesterov(momentum: 0.999, restart: true), options)
            .Fit(new LinearRegression(intercept: intercept), data, options: fitOptions);
    }

    private static double[] Analytic(Dataset data, bool intercept)
    {
        double[][] rows = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i).ToArray())];
        return MultipleRegression.QR(rows, [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])], intercept);
    }

    private static ImmutableArray<double> StandardErrors(RegressionStatistics statistics) =>
        [.. statistics.Coefficients.Select(coefficient => coefficient.StandardError)];

    private static double[] InterceptFirst(ImmutableArray<double> parameters, bool isInterceptLast) =>
        isInterceptLast ? [parameters[^1], .. parameters[..^1]] : [.. parameters];
}
