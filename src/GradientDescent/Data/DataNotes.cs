namespace GradientDescent;

/// <summary>Creates the notes of a fit for data that does not determine all coefficients.</summary>
internal static class DataNotes
{
    /// <summary>Returns the note about features, or <see langword="null"/> if the data determines all coefficients.</summary>
    /// <param name="constantNames">The names of the features that do not vary.</param>
    /// <param name="varying">The number of the other features.</param>
    /// <param name="rank">The number of dimensions that the other features span.</param>
    /// <param name="isBound">Whether the rank is only an upper bound.</param>
    /// <param name="which">The clause that describes the solution found if there are many.</param>
    public static string? Of(
        IReadOnlyCollection<string> constantNames,
        int varying,
        int rank,
        bool isBound = false,
        string which = "these have the least norm") => Format.Sentences(
        constantNames.Count == 0 ? null : $"Features that do not vary have coefficient 0: {Format.List(constantNames)}.",
        varying == 0 || rank == varying
            ? null
            : Format.Text($"The {varying} features that vary span {(isBound ? "at most" : "only")} {Format.Count(rank, "dimension")}: ")
                + $"many coefficients fit equally, {which}.");

    /// <summary>
    /// Returns the note about the powers of a polynomial, or <see langword="null"/> if the data determines all coefficients.
    /// </summary>
    /// <param name="degree">The degree of the polynomial.</param>
    /// <param name="rank">The number of dimensions that the powers from 1 to the degree span.</param>
    public static string? OfPowers(int degree, int rank) => rank == degree
        ? null
        : Format.Text($"Powers up to {degree} span only {Format.Count(rank, "dimension")} on this data: ")
            + "many polynomials fit equally, this one has the least norm.";
}
