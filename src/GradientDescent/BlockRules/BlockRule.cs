using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A rule of <see cref="BlockOptimizer"/> for one block: its formula, its state and its scratch memory.</summary>
/// <param name="block">The block.</param>
internal abstract class BlockRule(ParameterBlock block)
{
    /// <summary>The name of the block, which is also the prefix of the names in a saved state.</summary>
    public virtual string Name => block.Name;

    /// <summary>The number of parameters that the rule moves.</summary>
    public virtual int Length => block.Length;

    /// <summary>The state by name: the arrays themselves, of any lengths.</summary>
    public virtual IReadOnlyList<(string Name, double[] Values)> State => [];

    /// <summary>An optimizer that is a part of the rule; its state is saved as an inner state.</summary>
    public virtual IOptimizer? Inner => null;

    /// <summary>The block.</summary>
    protected ParameterBlock Block => block;

    /// <summary>Whether a block is a matrix: a single row or column is a vector.</summary>
    public static bool IsMatrix(ParameterBlock block) => block is { Rows: > 1, Columns: > 1 };

    /// <summary>Makes one step.</summary>
    /// <param name="parameters">The whole parameter vector.</param>
    /// <param name="gradient">The whole gradient.</param>
    /// <param name="learningRate">The rate of this step, at least 0.</param>
    /// <param name="update">The number of this step, from 1.</param>
    public virtual void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update) =>
        Move(block.Of(parameters), block.Of(gradient), learningRate, update);

    /// <summary>Writes the solution if it is not the parameters, and returns whether it is not.</summary>
    public virtual bool CopySolution(ReadOnlySpan<double> parameters, Span<double> solution) => false;

    /// <summary>The formula.</summary>
    /// <param name="parameters">The parameters of the block, row by row.</param>
    /// <param name="gradient">The gradient of the block.</param>
    /// <param name="learningRate">The rate of this step, at least 0.</param>
    /// <param name="update">The number of this step, from 1.</param>
    protected abstract void Move(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update);

    /// <summary>The ratio of two norms; 1 if it is not a finite number greater than 0.</summary>
    protected static double TrustRatio(double norm, double divisor) =>
        norm / divisor is > 0 and < double.PositiveInfinity and var ratio ? ratio : 1;

    /// <summary>√(mean of x²).</summary>
    protected static double RootMeanSquare(ReadOnlySpan<double> x) => Reductions.Norm(x) / Math.Sqrt(x.Length);

    /// <summary>θ ← θ(1 − ηλ); no bit changes without a decay.</summary>
    protected static void Decay(Span<double> parameters, double learningRate, double weightDecay)
    {
        if (weightDecay != 0)
            Reductions.Multiply(parameters, 1 - learningRate * weightDecay);
    }
}
