using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// A <see cref="SeparablePenalty"/> for steps of plain descent on sparse gradients. A parameter outside the support is changed by the
/// penalty alone; these changes are made when the parameter is needed again.
/// </summary>
/// <remarks>
/// A step at the rate η changes a parameter outside the support by |θ| ← max(0, (1 − ηb)|θ| − ηa). Several steps at the rates η₁, η₂, …
/// make
/// <code>
/// |θ| ← max(0, Q|θ| − aR),   Q = Π(1 − ηᵢb),   R = (1 − Q)/b, or Σηᵢ for b = 0
/// </code>
/// because the terms of the sum R = Σ ηᵢ Πⱼ₍ⱼ﹥ᵢ₎(1 − ηⱼb) are differences of products, and a parameter that has become 0 stays 0. Duchi and
/// Singer, "Efficient Online and Batch Learning Using Forward Backward Splitting", 2009, section 6, for b = 0 or a = 0.
/// </remarks>
internal sealed class SparsePenalty
{
    private const int MinSteps = 1 << 16;
    private const int MaxSteps = 1 << 20;

    private readonly SeparablePenalty _penalty;
    private readonly double _uniform; // the strength b of all parameters that have one; NaN: they differ
    private readonly double _rateLimit; // below it, a step of the penalty alone moves parameters towards 0 and not beyond
    private readonly double _maxStep; // the largest step τ of the gradient mapping
    private readonly int[] _current; // for each parameter the number of steps that it has been brought through
    private readonly double[] _rates; // Σηᵢ after each step; 0 before the first
    private readonly double[] _logs; // Σlog(1 − ηᵢb) after each step, if b is uniform
    private int _steps;

    /// <param name="penalty">The penalty.</param>
    /// <param name="isDeferred">
    /// Whether parameters outside the support get their changes later; otherwise the penalty acts on the support only.
    /// </param>
    /// <param name="maxStep">The largest step τ of the gradient mapping, which is the rate if that is less.</param>
    public SparsePenalty(SeparablePenalty penalty, bool isDeferred, double maxStep)
    {
        (_penalty, IsDeferred, _rateLimit, _maxStep) = (penalty, isDeferred, RateLimit(penalty), maxStep);
        _uniform = UniformStrength(penalty);
        int length = penalty.Curvatures.Length, capacity = Math.Clamp(length, MinSteps, MaxSteps);
        (_current, _rates, _logs) = isDeferred ? (new int[length], new double[capacity + 1], new double[capacity + 1]) : ([], [], []);
    }

    /// <summary>Whether the deferred changes have a closed form when the rate changes from step to step.</summary>
    public static bool AllowsAnyRates(SeparablePenalty penalty) => !double.IsNaN(UniformStrength(penalty));

    /// <summary>The largest rate for which a step of the penalty alone moves every parameter towards 0 and not beyond.</summary>
    public static double RateLimit(SeparablePenalty penalty)
    {
        double largest = 0;
        foreach (double strength in penalty.Curvatures)
            largest = Math.Max(largest, strength);
        return largest == 0 ? double.PositiveInfinity : 1 / largest;
    }

    /// <summary>Whether parameters outside the support get their changes later.</summary>
    public bool IsDeferred { get; }

    /// <summary>The number of steps whose changes some parameters lack.</summary>
    public int Steps => _steps;

    /// <summary>The rate of the last step.</summary>
    public double LastRate { get; private set; }

    /// <summary>For each parameter the number of these steps that it has been brought through.</summary>
    public ReadOnlySpan<int> Current => _current;

    /// <summary>The sum of the rates after each of these steps.</summary>
    public ReadOnlySpan<double> Rates => _rates.AsSpan(1, _steps);

    /// <summary>The sum of log(1 − ηb) after each of these steps, if b is uniform.</summary>
    public ReadOnlySpan<double> Logs => _logs.AsSpan(1, _steps);

    /// <summary>The largest number of steps whose changes can be lacking.</summary>
    public int Capacity => _rates.Length - 2;

    /// <summary>Whether some parameters lack changes.</summary>
    public bool IsPending => _steps > 0;

    /// <summary>Continues with the steps that another instance has counted; their numbers are within its limits.</summary>
    public void Continue(double lastRate, ReadOnlySpan<int> current, ReadOnlySpan<double> rates, ReadOnlySpan<double> logs)
    {
        (_steps, LastRate) = (rates.Length, lastRate);
        current.CopyTo(_current);
        rates.CopyTo(_rates.AsSpan(1));
        logs.CopyTo(_logs.AsSpan(1));
    }

    /// <summary>Makes the changes of all steps so far to some parameters.</summary>
    /// <param name="parameters">All parameters.</param>
    /// <param name="indices">The indices of those that are needed.</param>
    public void CatchUp(Span<double> parameters, ReadOnlySpan<int> indices)
    {
        if (_steps == 0)
            return;
        foreach (int j in indices)
            (parameters[j], _current[j]) = (Changed(parameters[j], j), _steps);
    }

    /// <summary>Makes the changes of all steps so far to all parameters.</summary>
    public void Flush(Span<double> parameters)
    {
        if (_steps == 0)
            return;
        ApplyTo(parameters);
        _current.AsSpan().Clear();
        _steps = 0;
    }

    /// <summary>Makes the changes of all steps so far to a copy of all parameters.</summary>
    public void ApplyTo(Span<double> copy)
    {
        for (int j = 0; j < copy.Length; j++)
            copy[j] = Changed(copy[j], j);
    }

    /// <summary>Adds the smooth part to the gradient of the support, and replaces it by the gradient mapping of the other part.</summary>
    /// <param name="parameters">All parameters; those of the support are up to date.</param>
    /// <param name="gradient">The gradient of the loss, changed in place.</param>
    /// <param name="rate">The rate of the step.</param>
    public void Apply(ReadOnlySpan<double> parameters, SparseGradient gradient, double rate)
    {
        ReadOnlySpan<int> indices = gradient.Indices;
        Span<double> values = gradient.Values;
        ReadOnlySpan<double> l1 = _penalty.IsNonsmooth ? _penalty.L1Strengths : [], l2 = _penalty.Curvatures;
        double step = rate > 0 ? Math.Min(rate, _maxStep) : _maxStep;
        for (int i = 0; i < indices.Length; i++)
        {
            int j = indices[i];
            double smooth = values[i] + l2[j] * parameters[j];
            values[i] = l1.IsEmpty ? smooth : SeparablePenalty.Mapped(parameters[j], smooth, l1[j], step);
        }
    }

    /// <summary>Counts a step, after the parameters of its support have been moved.</summary>
    /// <param name="parameters">All parameters.</param>
    /// <param name="indices">The support.</param>
    /// <param name="rate">The rate of the step.</param>
    public void Advance(Span<double> parameters, ReadOnlySpan<int> indices, double rate)
    {
        if (!IsDeferred)
            return;
        if (!HasClosedForm(rate))
        {
            Shrink(parameters, indices, rate);
            return;
        }

        LastRate = rate;
        _steps++;
        _rates[_steps] = _rates[_steps - 1] + rate;
        _logs[_steps] = _logs[_steps - 1] + (double.IsNaN(_uniform) ? 0 : Elementary.Log1p(-rate * _uniform));
        foreach (int j in indices)
            _current[j] = _steps;
        if (_steps + 1 == _rates.Length)
            Flush(parameters);
    }

    /// <summary>
    /// Makes deferred changes before a step at another rate, if their closed form needs equal rates, or at one that has no closed form.
    /// </summary>
    public void PrepareRate(Span<double> parameters, double rate)
    {
        if (_steps > 0 && ((rate != LastRate && double.IsNaN(_uniform)) || !HasClosedForm(rate)))
            Flush(parameters);
    }

    /// <summary>Makes the step of the penalty alone outside the support, at a cost of all parameters; none lacks changes.</summary>
    private void Shrink(Span<double> parameters, ReadOnlySpan<int> support, double rate)
    {
        double step = Math.Min(rate, _maxStep);
        foreach (int j in support)
            _current[j] = -1;
        for (int j = 0; j < parameters.Length; j++)
        {
            double gradient = _penalty.Curvatures[j] * parameters[j];
            if (_current[j] >= 0 && parameters[j] != 0)
                parameters[j] -= rate * SeparablePenalty.Mapped(parameters[j], gradient, _penalty.L1Strengths[j], step);
            _current[j] = 0;
        }
    }

    private bool HasClosedForm(double rate) => rate < _rateLimit && (rate <= _maxStep || !_penalty.IsNonsmooth);

    private static double UniformStrength(SeparablePenalty penalty)
    {
        double uniform = 0;
        foreach (double strength in penalty.Curvatures)
        {
            if (strength != 0 && uniform != 0 && strength != uniform)
                return double.NaN;
            uniform = strength == 0 ? uniform : strength;
        }

        return uniform;
    }

    /// <summary>Returns a parameter with the changes that it lacks.</summary>
    public double Changed(double parameter, int j)
    {
        int from = _current[j], missed = _steps - from;
        if (missed == 0 || parameter == 0)
            return parameter;
        double b = _penalty.Curvatures[j], log = b == 0 ? 0
            : double.IsNaN(_uniform) ? missed * Elementary.Log1p(-LastRate * b)
            : _logs[_steps] - (from == 0 ? 0 : _logs[from]);
        double size = b == 0 ? Math.Abs(parameter) : Elementary.Exp(log) * Math.Abs(parameter);
        if (_penalty.IsNonsmooth && _penalty.L1Strengths[j] is > 0 and var a) // otherwise R and its memory are not read
            size -= a * (b == 0 ? _rates[_steps] - (from == 0 ? 0 : _rates[from]) : -Elementary.Expm1(log) / b);
        return size > 0 ? Math.CopySign(size, parameter) : 0;
    }
}
