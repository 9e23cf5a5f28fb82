namespace GradientDescent;

/// <summary>A penalty whose function in the scaled coordinates is known already.</summary>
/// <param name="penalty">The penalty as the user gave it.</param>
/// <param name="term">Its function of the scaled coordinates.</param>
internal sealed class BoundPenalty(IPenalty penalty, PenaltyTerm term) : IPenalty
{
    public PenaltyTerm Bind(ParameterLayout layout, ReadOnlySpan<double> scale, double lossFactor) => term;

    public override string ToString() => Format.Text($"{penalty}");
}
