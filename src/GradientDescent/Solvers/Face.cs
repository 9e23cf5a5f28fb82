using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The box around a point in which the nonsmooth part h of the penalty is linear, and the gradient of h in it. Without a nonsmooth part
/// there are no bounds.
/// </summary>
/// <param name="length">The number of parameters.</param>
internal sealed class Face(int length)
{
    private double[] _lower = [], _upper = [], _gradient = [];
    private bool _isBounded;

    /// <summary>Whether there are bounds.</summary>
    public bool IsBounded => _isBounded;

    /// <summary>Finds the face at the parameters of a step.</summary>
    /// <returns>Whether the nonsmooth part is piecewise linear; otherwise there is no face.</returns>
    public bool Find(in UpdateContext context)
    {
        _isBounded = context.IsNonsmooth;
        if (!_isBounded)
            return true;
        if (_lower.Length != length)
            (_lower, _upper, _gradient) = (new double[length], new double[length], new double[length]);
        return context.FindFace(_lower, _upper, _gradient);
    }

    /// <summary>Writes the gradient of f + h from the gradient of f.</summary>
    public void AddTo(ReadOnlySpan<double> gradient, Span<double> sum)
    {
        gradient.CopyTo(sum);
        if (_isBounded)
            Reductions.AddScaled<double>(sum, 1, _gradient);
    }

    /// <summary>Marks the parameters that are at a bound and that the descent would move out of the box.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradient">The gradient of f + h; the entries of marked parameters become 0.</param>
    /// <param name="isFixed">Marks those parameters.</param>
    /// <returns>Whether there are such parameters.</returns>
    public bool Fix(ReadOnlySpan<double> parameters, Span<double> gradient, bool[] isFixed)
    {
        bool any = false;
        if (!_isBounded)
            return false;
        for (int j = 0; j < length; j++)
        {
            isFixed[j] = (parameters[j] <= _lower[j] && gradient[j] >= 0) || (parameters[j] >= _upper[j] && gradient[j] <= 0);
            if (isFixed[j])
                gradient[j] = 0;
            any |= isFixed[j];
        }

        return any;
    }

    /// <summary>Writes the projection of x + td.</summary>
    public void Move(ReadOnlySpan<double> x, double step, ReadOnlySpan<double> direction, Span<double> point)
    {
        x.CopyTo(point);
        Reductions.AddScaled(point, step, direction);
        if (!_isBounded)
            return;
        for (int j = 0; j < length; j++)
            point[j] = Math.Min(Math.Max(point[j], _lower[j]), _upper[j]);
    }

    /// <summary>Returns the slope of f + h along the projections of x + td: bounded parameters do not move.</summary>
    /// <param name="point">The projection.</param>
    /// <param name="gradient">The gradient of f there.</param>
    /// <param name="direction">The direction d.</param>
    public double Slope(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> direction)
    {
        if (!_isBounded)
            return Reductions.Dot(gradient, direction);
        double slope = 0;
        for (int j = 0; j < length; j++)
        {
            bool isHeld = direction[j] < 0 ? point[j] <= _lower[j] : point[j] >= _upper[j];
            slope += isHeld || direction[j] == 0 ? 0 : (gradient[j] + _gradient[j]) * direction[j];
        }

        return slope;
    }
}
