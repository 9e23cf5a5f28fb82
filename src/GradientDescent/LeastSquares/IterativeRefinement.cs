using System.Collections.Immutable;
using System.Diagnostics;
using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>A run of <see cref="RefinedLeastSquares"/>: the steps, when they end, and the result in the user's units.</summary>
internal sealed class IterativeRefinement
{
    public const int MaxSteps = 10;

    /// <summary>Half a unit in the last place of a coefficient as a double: a smaller correction is lost when it is rounded.</summary>
    private const double Tolerance = 1.0 / (1L << 53);

    private IterativeRefinement(LeastSquaresDesign design, DoubleDouble[] inDesign, DoubleDouble[] coefficients, TrainingResult result) =>
        (Design, DesignCoefficients, Coefficients, Result) = (design, inDesign, coefficients, result);

    public LeastSquaresDesign Design { get; }

    /// <summary>Those of the design's problem.</summary>
    public DoubleDouble[] DesignCoefficients { get; }

    /// <summary>In the user's units: columns, then the intercept.</summary>
    public DoubleDouble[] Coefficients { get; }

    public TrainingResult Result { get; }

    /// <param name="design">What to fit.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    /// <exception cref="ArgumentException">A coefficient is too large for a double in the data's units.</exception>
    public static IterativeRefinement Run(LeastSquaresDesign design, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        RefinedLeastSquares problem = design.Problem;
        var coefficients = new DoubleDouble[problem.ColumnCount];
        double[] inBasis = new double[problem.Rank], gradient = new double[problem.Rank], step = new double[problem.ColumnCount];
        ImmutableArray<EpochRecord>.Builder history = ImmutableArray.CreateBuilder<EpochRecord>();
        StopDetails? stop;
        for (int steps = 0; ; steps++)
        {
            double loss = problem.Evaluate(coefficients, gradient, step);
            history.Add(new EpochRecord { Epoch = steps, Step = steps, Loss = LossInUsersUnits(design, loss), LearningRate = steps == 0 ? double.NaN : 0.5 });
            double correction = problem.LargestCorrection(design.UserForms, coefficients, step);
            stop = EndOf(steps, loss, correction, cancellation);
            if (stop is not null)
                break;
            for (int j = 0; j < coefficients.Length; j++)
                coefficients[j] += step[j];
            for (int k = 0; k < inBasis.Length; k++)
                inBasis[k] -= gradient[k] / 2;
        }

        DoubleDouble[] user = design.ToUser(coefficients);
        int overflow = Array.FindIndex(user, coefficient => !double.IsFinite(coefficient.High));
        if (overflow >= 0)
            throw Guard.Invalid("data", $"Coefficient '{design.Names[overflow]}' is too large for a double in these units: measure the features or the target in other units.");
        return new(design, coefficients, user, ResultOf(design, coefficients, user, inBasis, stop, history.ToImmutable(), Stopwatch.GetElapsedTime(started)));
    }

    private static StopDetails? EndOf(int steps, double loss, double correction, CancellationToken cancellation)
    {
        if (!double.IsFinite(loss) || double.IsNaN(correction))
            return StopDetails.NonFinite("loss", loss);
        if (correction <= Tolerance)
            return StopDetails.Limit(StopReason.Converged, "next correction relative to its coefficient", correction, Tolerance);
        if (cancellation.IsCancellationRequested)
            return StopDetails.Cancelled;
        return steps == MaxSteps ? StopDetails.Limit(StopReason.MaxSteps, "updates", steps, MaxSteps) : null;
    }

    private static TrainingResult ResultOf(
        LeastSquaresDesign design, DoubleDouble[] coefficients, DoubleDouble[] user, double[] inBasis, StopDetails stop, ImmutableArray<EpochRecord> history, TimeSpan elapsed)
    {
        RefinedLeastSquares problem = design.Problem;
        IObjective objective = Objective.From((c, g) => problem.Evaluate(problem.FromBasis(c), g, new double[problem.ColumnCount]));
        double[] gradient = new double[inBasis.Length];
        objective.Evaluate(inBasis, gradient);
        ImmutableArray<double> parameters = [.. user.Select(coefficient => coefficient.High)];
        long steps = history.Length - 1;
        return new TrainingResult
        {
            Stop = stop,
            Parameters = parameters,
            OptimizedParameters = [.. inBasis],
            StoppedAt = [.. inBasis],
            BestBy = BestBy.FullLoss,
            BestStep = steps,
            Loss = history[^1].Loss,
            GradientNorm = Reductions.Norm(gradient),
            LastFiniteParameters = parameters,
            LastFiniteStep = steps,
            LearningRate = 0.5, // in the basis the curvature is 2
            Steps = steps,
            Epochs = steps,
            Samples = steps * problem.RowCount,
            Elapsed = elapsed,
            History = history,
            Recoveries = [],
            OptimizerState = new OptimizerState(nameof(BatchGD), steps, length: problem.Rank),
            Objective = objective,
            Note = Format.Sentences(design.Note, Lost(design, coefficients, user)),
        };
    }

    /// <summary>Coefficients below the normal numbers that have an effect: predictions from them would miss it.</summary>
    private static string? Lost(LeastSquaresDesign design, DoubleDouble[] coefficients, DoubleDouble[] user)
    {
        const double SmallestNormal = 2.2250738585072014e-308;
        string[] names = [.. design.Names.Where((_, j) => Math.Abs(user[j].High) < SmallestNormal && Math.Abs(RefinedLeastSquares.ValueOf(design.UserForms[j], coefficients).High) > Tolerance)];
        return names.Length == 0 ? null : $"Too small for a double in these units: {string.Join(", ", names)}; measure the features or the target in other units.";
    }

    private static double LossInUsersUnits(LeastSquaresDesign design, double loss) => Math.ScaleB(loss, 2 * design.TargetExponent);
}
