namespace GradientDescent;

/// <summary>The notes of a fit about columns that do not determine all coefficients.</summary>
internal static class DataNotes
{
    /// <summary>The note about features; <see langword="null"/> if the data determines each coefficient.</summary>
    /// <param name="constantNames">The names of the features that do not vary.</param>
    /// <param name="varying">The number of the other features.</param>
    /// <param name="rank">The number of dimensions that the other features span.</param>
    /// <param name="isBound">Whether the rank is only an upper bound.</param>
    /// <param name="which">The name of the solution that is found, if there are many.</param>
    public static string? Of(
        IReadOnlyCollection<string> constantNames,
        int varying,
        int rank,
        bool isBound = false,
        string which = "these have the least norm") => Format.Sentences(
        constantNames.Count == 0 ? null : $"Features that do not vary have coefficient 0: {string.Join(", ", constantNames)}.",
        varying == 0 || rank == varying
            ? null
            : Format.Text($"The {varying} features that vary span {(isBound ? "at most" : "only")} {Format.Count(rank, "dimension")}: ")
                + $"many coefficients fit equally, {which}.");

    /// <summary>The note about the powers of a polynomial; <see langword="null"/> if the data determines each coefficient.</summary>
    /// <param name="degree">The degree of the polynomial.</param>
    /// <param name="rank">The number of dimensions that the powers from 1 to the degree span.</param>
    public static string? OfPowers(int degree, int rank) => rank == degree
        ? null
        : Format.Text($"Powers up to {degree} span only {Format.Count(rank, "dimension")} on this data: ")
            + "many polynomials fit equally, this one has the least norm.";
}
