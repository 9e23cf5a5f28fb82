using System.Collections.Immutable;
using System.Diagnostics;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Runs the steps of <see cref="RefinedLeastSquares"/> until no coefficient changes, and converts the result to the user's units.
/// </summary>
/// <remarks>
/// This class does not use the training loop, because its coefficients are in double-double: the training loop stores parameters as
/// doubles, so its steps could not correct errors that are smaller than the last digit of a double. Refinement does not need the other
/// parts of the training loop either: it makes at most ten steps at one fixed rate, without batches, schedule, optimizer state or
/// checkpoint.
/// </remarks>
internal static class IterativeRefinement
{
    /// <summary>The maximum number of steps of a run.</summary>
    public const int MaxSteps = 10;

    /// <summary>Half a unit in the last place of a coefficient as a double; rounding to a double removes a smaller correction.</summary>
    public const double Tolerance = 1.0 / (1L << 53);

    /// <summary>Solves a problem.</summary>
    /// <param name="design">The problem to solve.</param>
    /// <param name="ranks">The ranks that solve it together; <see langword="null"/>: this process works alone.</param>
    /// <param name="cancellation">A token that ends the run between two steps, on all ranks if it is cancelled on one.</param>
    /// <exception cref="ArgumentException">A coefficient is too large for a double in the data's units.</exception>
    public static RefinementOutcome Run(LeastSquaresDesign design, ICollective? ranks, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        RefinedLeastSquares problem = design.Problem;
        var coefficients = new DoubleDouble[problem.ColumnCount];
        double[] inBasis = new double[problem.Rank], gradient = new double[problem.Rank], step = new double[problem.ColumnCount];
        ImmutableArray<double>.Builder losses = ImmutableArray.CreateBuilder<double>();
        double correction;
        RefinementEnd? end;
        while (true)
        {
            double loss = problem.Evaluate(coefficients, gradient, step);
            correction = problem.LargestCorrection(design.UserForms, coefficients, step);
            end = EndOf(losses.Count, loss, correction, ranks.Any(cancellation.IsCancellationRequested));
            losses.Add(loss);
            if (end is not null)
                break;
            for (int j = 0; j < coefficients.Length; j++)
                coefficients[j] += step[j];
            for (int k = 0; k < inBasis.Length; k++)
                inBasis[k] -= gradient[k] / 2;
        }

        DoubleDouble[] user = design.ToUser(coefficients);
        RefuseOverflow(design, user);
        return new RefinementOutcome
        {
            Design = design,
            End = end.Value,
            DesignCoefficients = coefficients,
            BasisCoefficients = inBasis,
            Coefficients = user,
            Losses = losses.ToImmutable(),
            Correction = correction,
            Elapsed = Stopwatch.GetElapsedTime(started),
            Note = Format.Sentences(design.Note, UnderflowNote(design, coefficients, user)),
        };
    }

    private static RefinementEnd? EndOf(int steps, double loss, double correction, bool isCancelled)
    {
        if (!double.IsFinite(loss) || double.IsNaN(correction))
            return RefinementEnd.Diverged;
        if (correction <= Tolerance)
            return RefinementEnd.Converged;
        if (isCancelled)
            return RefinementEnd.Cancelled;
        return steps == MaxSteps ? RefinementEnd.MaxSteps : null;
    }

    private static void RefuseOverflow(LeastSquaresDesign design, DoubleDouble[] user)
    {
        int overflow = Array.FindIndex(user, coefficient => !double.IsFinite(coefficient.High));
        if (overflow < 0)
            return;
        string name = design.Names[overflow];
        throw Guard.Invalid(
            "data", $"Coefficient '{name}' is too large for a double in these units: measure the features or the target in other units.");
    }

    /// <summary>
    /// Names coefficients that have an effect but are too small to be normal numbers: predictions from the rounded coefficients lose it.
    /// </summary>
    private static string? UnderflowNote(LeastSquaresDesign design, DoubleDouble[] coefficients, DoubleDouble[] user)
    {
        const double SmallestNormal = 2.2250738585072014e-308;
        string[] names = [.. design.Names.Where((_, j) => Math.Abs(user[j].High) < SmallestNormal && HasEffect(j))];
        return names.Length == 0
            ? null
            : $"Too small for a double in these units: {string.Join(", ", names)}; measure the features or the target in other units.";

        bool HasEffect(int j) => Math.Abs(design.UserForms[j].ValueOf(coefficients).High) > Tolerance;
    }
}
