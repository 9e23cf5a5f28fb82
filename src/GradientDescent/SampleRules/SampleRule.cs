namespace GradientDescent;

/// <summary>The memory of a <see cref="SampleOptimizer"/> and its step.</summary>
/// <param name="length">The number of parameters.</param>
/// <param name="tableLength">The number of derivatives that are stored for the samples.</param>
internal abstract class SampleRule(int length, int tableLength)
{
    /// <summary>The name of the vector of derivatives in a state.</summary>
    public const string TableName = "derivatives";

    /// <summary>The number of parameters.</summary>
    public int Length { get; } = length;

    /// <summary>The number of derivatives that are stored for the samples.</summary>
    public int TableLength { get; } = tableLength;

    /// <summary>The numbers and vectors that a checkpoint saves.</summary>
    public NamedState State { get; } = new();

    /// <summary>Makes one step.</summary>
    /// <param name="context">The step.</param>
    /// <param name="isFirst">Whether no step was made before.</param>
    public abstract void Step(ref UpdateContext context, bool isFirst);

    /// <summary>Checks the numbers of a state that was loaded.</summary>
    /// <exception cref="ArgumentException">The algorithm cannot have such a number.</exception>
    public virtual void Check()
    {
    }
}
