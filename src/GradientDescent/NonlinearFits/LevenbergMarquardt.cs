using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Minimises a sum of squares by the trust region method of Levenberg and Marquardt.</summary>
/// <remarks>
/// Each step minimises ‖J·p + r‖ among those with ‖D·p‖ ≤ Δ (<see cref="TrustRegionStep"/>). D has the largest norms that the columns of
/// the Jacobian have had, so units of parameters do not matter. Δ follows the ratio of the reduction of the sum of squares to the promised
/// one. A trial whose residuals or derivatives are not finite counts as one that is much worse. Moré, "The Levenberg-Marquardt algorithm:
/// implementation and theory", 1978, algorithm 7.1; MINPACK's <c>lmder</c>. What differs: the tests for the end
/// (<see cref="ConvergenceTests"/>), and the last digits come from undamped steps (<see cref="Polish"/>).
/// </remarks>
internal sealed class LevenbergMarquardt
{
    private const double FirstRadius = 100;
    private const double SmallestRatio = 1e-4;

    // Parameters that have less effect than this, compared with the residuals, say nothing about the size of steps.
    private const double SmallestSize = 1e-8;

    private const double PoorRatio = 0.25;
    private const double GoodRatio = 0.75;
    private const double Epsilon = 1.0 / (1L << 52);
    private const int MaxPolishing = 50;

    // Undamped steps begin no earlier than at this promised relative reduction of the sum of squares.
    private const double LargestUnjudged = 1e-9;

    private readonly int _maxEvaluations;
    private readonly double _tolerance;
    private readonly CancellationToken _cancellation;
    private readonly ConvergenceTests _tests;
    private readonly TrustRegionStep _step;
    private readonly double[] _scale;
    private readonly double[] _work;
    private FitPoint _point;
    private FitPoint _trial;
    private double _radius;

    /// <param name="problem">The residuals.</param>
    /// <param name="start">The parameters to start from.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellation">A token that ends the run between two evaluations.</param>
    public LevenbergMarquardt(
        CurveResiduals problem, ReadOnlySpan<double> start, NonlinearFitOptions options, CancellationToken cancellation)
    {
        int count = problem.ParameterCount;
        double[] jacobian = new double[checked(problem.Count * count)];
        (_point, _trial) = (new FitPoint(problem, jacobian), new FitPoint(problem, jacobian));
        (_maxEvaluations, _tolerance, _cancellation) = (options.MaxEvaluations, options.Tolerance, cancellation);
        _tests = new ConvergenceTests(problem.TargetNorm, count);
        (_step, _scale, _work) = (new TrustRegionStep(count), new double[count], new double[count]);
        start.CopyTo(_point.Parameters);
    }

    /// <summary>The best parameters, with their residuals and factors.</summary>
    public FitPoint Point => _point;

    /// <summary>The number of evaluations of the residuals.</summary>
    public int Evaluations { get; private set; }

    /// <summary>The number of evaluations of the Jacobian.</summary>
    public int JacobianEvaluations { get; private set; }

    /// <summary>Evaluates the start.</summary>
    /// <returns>Whether residuals and derivatives are finite there.</returns>
    public bool Begin()
    {
        Evaluations++;
        if (!_point.Evaluate() || !Differentiate(_point))
            return false;
        for (int j = 0; j < _scale.Length; j++)
            _scale[j] = _point.Factors.ColumnNorms[j] is double norm and > 0 ? norm : 1;
        double size = ScaledNorm(_point.Parameters);
        _radius = FirstRadius * (size > SmallestSize * _point.Norm ? size : _point.Norm);
        return true;
    }

    /// <summary>Whether the residuals are not larger than rounding errors.</summary>
    public bool IsExact => _point.Norm <= _tests.Rounding(_point);

    /// <summary>
    /// The relative reduction of the sum of squares that is as large as its rounding errors: the trust region cannot judge a smaller one.
    /// </summary>
    private double SmallestJudged => Math.Min(_tests.Rounding(_point) / _point.Norm, LargestUnjudged);

    /// <summary>Runs to the end.</summary>
    /// <returns>The test that ended the run, with its numbers.</returns>
    public StopDetails Run()
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            if (_tests.Met(_point, _scale, Math.Max(_tolerance, SmallestJudged)) is not null)
                return Polish() ?? WithoutEffect() ?? _tests.Met(_point, _scale, _tolerance) ?? Stopped();
            if (Limit() is { } limit)
                return limit;
            _step.Find(_point.Factors, _scale, _radius);
            if (isFirst)
                _radius = Math.Min(_radius, _step.Length);
            if (!TryStep() && !(_radius > Epsilon * ScaledNorm(_point.Parameters)))
                return Stopped();
        }
    }

    /// <summary>Evaluates the sum of squares after the step, sets the next radius, and takes the step if it is good enough.</summary>
    /// <returns>Whether the step was taken.</returns>
    private bool TryStep()
    {
        Move();
        bool isFinite = Evaluate();
        double linear = _point.Factors.NormOfProduct(_step.Step, _work) / _point.Norm;
        double damped = Math.Sqrt(_step.Damping) * _step.Length / _point.Norm;
        double slope = -(linear * linear + damped * damped), promised = linear * linear + 2 * damped * damped;
        double growth = isFinite ? _trial.Norm / _point.Norm : double.PositiveInfinity;
        double reduction = growth < 10 ? 1 - growth * growth : -1;
        double ratio = promised == 0 ? 0 : reduction / promised;
        bool isTaken = ratio >= SmallestRatio && Differentiate(_trial);
        if (ratio <= PoorRatio || !isTaken)
            Shorten(reduction, slope, growth);
        else if (_step.Damping == 0 || ratio >= GoodRatio)
            Lengthen();
        if (isTaken)
            Take();
        return isTaken;
    }

    /// <summary>
    /// Multiplies Δ by a number from 0.1 to 0.5: the minimum of the parabola through the values at both ends of the step.
    /// </summary>
    private void Shorten(double reduction, double slope, double growth)
    {
        double factor = reduction >= 0 ? 0.5 : 0.5 * slope / (slope + 0.5 * reduction);
        if (growth >= 10 || !(factor >= 0.1))
            factor = 0.1;
        _radius = factor * Math.Min(_radius, 10 * _step.Length);
        _step.Damping /= factor;
    }

    private void Lengthen()
    {
        _radius = 2 * _step.Length;
        _step.Damping /= 2;
    }

    /// <summary>
    /// Makes Gauss-Newton steps while each leaves less for the next, without changing the sum of squares by more than its rounding errors.
    /// </summary>
    /// <remarks>
    /// Near the minimum the sum of squares has half as many digits as the parameters, so the trust region cannot judge steps there. The
    /// length of the residuals' projection on the columns of the Jacobian can.
    /// </remarks>
    /// <returns>The limit that ended it; <see langword="null"/>: there is nothing more to gain.</returns>
    private StopDetails? Polish()
    {
        const double Growth = 1 + 1e-9;
        for (int i = 0; i < MaxPolishing && _point.Norm > 0; i++)
        {
            if (Limit() is { } limit)
                return _tests.Met(_point, _scale, _tolerance) is null ? limit : null;
            _step.FindUnlimited(_point.Factors, _scale);
            Move();
            if (_trial.Parameters.AsSpan().SequenceEqual(_point.Parameters) || !Evaluate() || _trial.Norm > Growth * _point.Norm
                || !Differentiate(_trial) || _trial.Factors.Rank < _point.Factors.Rank
                || !(_trial.Factors.Offset < _point.Factors.Offset))
            {
                break;
            }

            Take();
        }

        return null;
    }

    private StopDetails? Limit() => _cancellation.IsCancellationRequested ? StopDetails.Cancelled
        : Evaluations >= _maxEvaluations
            ? StopDetails.Limit(StopReason.MaxEvaluations, "evaluations", Evaluations, _maxEvaluations)
            : null;

    /// <summary>The end at parameters of which some do not change the formula; <see langword="null"/>: each does.</summary>
    private StopDetails? WithoutEffect()
    {
        int count = _point.Factors.ColumnNorms.Count(0.0);
        return count == 0 ? null : StopDetails.Limit(
            StopReason.OptimizerStopped, $"{Format.Count(count, "parameter")} without effect on the formula", count, 0);
    }

    private StopDetails Stopped()
    {
        double promised = ConvergenceTests.PromisedReduction(_point);
        string quantity = Format.Text(
            $"no step reduces the sum of squares, although the derivatives promise a relative reduction by {promised:G3}");
        return StopDetails.Limit(StopReason.OptimizerStopped, quantity, promised, _tolerance);
    }

    private bool Evaluate()
    {
        Evaluations++;
        return _trial.Evaluate();
    }

    private bool Differentiate(FitPoint point)
    {
        JacobianEvaluations++;
        return point.Differentiate();
    }

    private void Move()
    {
        for (int j = 0; j < _scale.Length; j++)
            _trial.Parameters[j] = _point.Parameters[j] + _step.Step[j];
    }

    private void Take()
    {
        (_point, _trial) = (_trial, _point);
        for (int j = 0; j < _scale.Length; j++)
            _scale[j] = Math.Max(_scale[j], _point.Factors.ColumnNorms[j]);
    }

    private double ScaledNorm(ReadOnlySpan<double> vector)
    {
        for (int j = 0; j < _work.Length; j++)
            _work[j] = _scale[j] * vector[j];
        return Reductions.Norm(_work);
    }
}
