using System.Collections.Immutable;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>Why <see cref="IterativeRefinement"/> ended.</summary>
internal enum RefinementEnd
{
    /// <summary>The next step would change no coefficient by more than half a unit in its last place.</summary>
    Converged,

    /// <summary>The loss or the step was not a finite number.</summary>
    Diverged,

    /// <summary>Cancellation was requested.</summary>
    Cancelled,

    /// <summary>The allowed number of steps was made.</summary>
    MaxSteps,
}

/// <summary>What <see cref="IterativeRefinement"/> found, and how it ended.</summary>
internal sealed class RefinementOutcome
{
    /// <summary>The problem that was solved, and its units.</summary>
    public required LeastSquaresDesign Design { get; init; }

    /// <summary>Why the run ended.</summary>
    public required RefinementEnd End { get; init; }

    /// <summary>The coefficients of the columns of <see cref="LeastSquaresDesign.Problem"/>.</summary>
    public required DoubleDouble[] DesignCoefficients { get; init; }

    /// <summary>The same solution as coordinates c in the orthonormal basis, in which each step is one of gradient descent.</summary>
    public required double[] BasisCoefficients { get; init; }

    /// <summary>The coefficients in the user's units: columns, then the intercept.</summary>
    public required DoubleDouble[] Coefficients { get; init; }

    /// <summary>The loss before the first step and after each step, in the units of <see cref="LeastSquaresDesign.Problem"/>.</summary>
    public required ImmutableArray<double> Losses { get; init; }

    /// <summary>The largest change that the next step would make in a coefficient, relative to the coefficient.</summary>
    public required double Correction { get; init; }

    /// <summary>Wall time of the run.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>What the user should know about the data and the coefficients; or <see langword="null"/>.</summary>
    public required string? Note { get; init; }

    /// <summary>The number of steps made.</summary>
    public int StepCount => Losses.Length - 1;
}
