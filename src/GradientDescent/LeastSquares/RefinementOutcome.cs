using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The reason why a run of <see cref="IterativeRefinement"/> ended.</summary>
internal enum RefinementEnd
{
    /// <summary>The next step would change no coefficient by more than half a unit in its last place.</summary>
    Converged,

    /// <summary>The loss or the step was not a finite number.</summary>
    Diverged,

    /// <summary>Cancellation was requested.</summary>
    Cancelled,

    /// <summary>The maximum number of steps was reached.</summary>
    MaxSteps,
}

/// <summary>The result of a run of <see cref="IterativeRefinement"/>.</summary>
internal sealed class RefinementOutcome
{
    /// <summary>The problem and its units.</summary>
    public required LeastSquaresDesign Design { get; init; }

    /// <summary>The reason why the run ended.</summary>
    public required RefinementEnd End { get; init; }

    /// <summary>The coefficients of the columns of <see cref="LeastSquaresDesign.Problem"/>.</summary>
    public required DoubleDouble[] DesignCoefficients { get; init; }

    /// <summary>The same solution as coordinates c in the orthonormal basis, where each step is a step of gradient descent.</summary>
    public required double[] BasisCoefficients { get; init; }

    /// <summary>The coefficients in the user's units: the columns, then the intercept.</summary>
    public required DoubleDouble[] Coefficients { get; init; }

    /// <summary>The loss before the first step and after each step, in the units of <see cref="LeastSquaresDesign.Problem"/>.</summary>
    public required ImmutableArray<double> Losses { get; init; }

    /// <summary>The largest change that the next step would make in a coefficient, relative to the coefficient.</summary>
    public required double Correction { get; init; }

    /// <summary>The elapsed time of the run.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>A note for the user about the data and the coefficients; <see langword="null"/> if there is none.</summary>
    public required string? Note { get; init; }

    /// <summary>The number of steps of the run.</summary>
    public int StepCount => Losses.Length - 1;
}
