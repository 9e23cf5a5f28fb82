namespace GradientDescent;

/// <summary>A penalty that always returns the same function, which was computed for the scaled coordinates.</summary>
/// <param name="penalty">The user's penalty.</param>
/// <param name="term">The function of the scaled coordinates.</param>
internal sealed class BoundPenalty(IPenalty penalty, PenaltyTerm term) : IPenalty
{
    public PenaltyTerm Bind(ParameterLayout layout, ReadOnlySpan<double> scale, double lossFactor) => term;

    public override string ToString() => Format.Text($"{penalty}");
}
