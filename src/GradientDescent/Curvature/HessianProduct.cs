using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The product of the Hessian at a point with a vector. It is exact for an <see cref="IHessianObjective"/>. For others it is a difference
/// of gradients, which is exact up to rounding if the objective is quadratic.
/// </summary>
internal sealed class HessianProduct
{
    private readonly IObjective _objective;
    private readonly double[] _origin;
    private readonly double[] _probe;
    private readonly double _step;

    /// <param name="objective">The objective.</param>
    /// <param name="at">The point.</param>
    /// <param name="relativeStep">The distance of the gradients, as a share of the point's length, or of 1 if that is larger.</param>
    public HessianProduct(IObjective objective, ReadOnlySpan<double> at, double relativeStep = 1e-4)
    {
        (_objective, _origin, _probe, Gradient) = (objective, at.ToArray(), new double[at.Length], new double[at.Length]);
        objective.Evaluate(_origin, Gradient);
        _step = relativeStep * Math.Max(1, Reductions.Norm(_origin));
    }

    /// <summary>The gradient at the point.</summary>
    public double[] Gradient { get; }

    /// <summary>Writes the product.</summary>
    /// <param name="direction">The vector, of length 1.</param>
    /// <param name="product">The product, to be written.</param>
    public void Multiply(double[] direction, double[] product)
    {
        if (_objective is IHessianObjective exact)
        {
            exact.MultiplyHessian(_origin, direction, product);
            return;
        }

        for (int i = 0; i < _probe.Length; i++)
            _probe[i] = _origin[i] + _step * direction[i];
        _objective.Evaluate(_probe, product);
        for (int i = 0; i < product.Length; i++)
            product[i] = (product[i] - Gradient[i]) / _step;
    }
}
