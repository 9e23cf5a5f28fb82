namespace GradientDescent;

/// <summary>What a fit says about columns that do not determine all coefficients.</summary>
internal static class DataNotes
{
    /// <summary>In words; <see langword="null"/> where each coefficient is determined.</summary>
    /// <param name="constantNames">Features that do not vary.</param>
    /// <param name="varying">Number of the others.</param>
    /// <param name="rank">Dimensions that the others span.</param>
    /// <param name="isBound">Whether that is known from above only.</param>
    /// <param name="which">Which of the many solutions is found, if there are many.</param>
    public static string? Of(IReadOnlyCollection<string> constantNames, int varying, int rank, bool isBound = false, string which = "these have the least norm") => Format.Sentences(
        constantNames.Count == 0 ? null : $"Features that do not vary have coefficient 0: {string.Join(", ", constantNames)}.",
        varying == 0 || rank == varying
            ? null
            : Format.Text($"The {varying} features that vary span {(isBound ? "at most" : "only")} {Format.Count(rank, "dimension")}: many coefficients fit equally, {which}."));

    /// <summary>The same for a polynomial.</summary>
    /// <param name="degree">Its degree.</param>
    /// <param name="rank">Dimensions that its powers from 1 on span.</param>
    public static string? OfPowers(int degree, int rank) => rank == degree
        ? null
        : Format.Text($"Powers up to {degree} span only {Format.Count(rank, "dimension")} on this data: many polynomials fit equally, this one has the least norm.");
}
