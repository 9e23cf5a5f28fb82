using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A mean loss at the current weights of a path. The intercept, if there is one, is always optimal.</summary>
internal abstract class PathLoss(int featureCount)
{
    /// <summary>The current weights of the columns.</summary>
    public double[] Weights { get; } = new double[featureCount];

    /// <summary>The loss where all weights are 0.</summary>
    public double NullLoss { get; protected init; }

    /// <summary>The loss at the current weights.</summary>
    public double Loss { get; protected set; }

    /// <summary>Minus the derivative of the loss with respect to each weight.</summary>
    public double[] Slopes { get; } = new double[featureCount];

    /// <summary>The intercept of the columns; <see langword="null"/> if there is none.</summary>
    public abstract double? Intercept { get; }

    /// <summary>Returns the second-order model of the loss around the current weights, on some columns.</summary>
    public abstract QuadraticModel ModelOf(int[] working);

    /// <summary>Moves the weights of some columns to, or towards, the minimum of their model.</summary>
    public abstract void MoveTo(int[] working, ReadOnlySpan<double> target, ElasticNet penalty);

    /// <summary>
    /// Returns Σᵢ ℓᵢ(ηᵢ) + ℓᵢ*(−sθᵢ) + sθᵢηᵢ at θ = −∂ℓ/∂η, which is the loss's part of the duality gap; it is 0 at s = 1.
    /// </summary>
    /// <param name="s">The factor of the dual point, from 0 to 1.</param>
    public abstract double ConjugateGap(double s);

    /// <summary>Writes the product of each column and the residual to <see cref="Slopes"/>.</summary>
    protected void SetSlopes(double[][] columns, ReadOnlySpan<double> residual)
    {
        for (int j = 0; j < columns.Length; j++)
            Slopes[j] = Reductions.Dot<double, double>(residual, columns[j]);
    }
}
