namespace GradientDescent;

/// <summary>A function of the parameters with its gradient.</summary>
public interface IObjective
{
    /// <summary>Returns the value and writes the gradient.</summary>
    /// <param name="parameters">Where.</param>
    /// <param name="gradient">As long as <paramref name="parameters"/>, every entry is written; empty asks for the value alone.</param>
    double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient);
}
