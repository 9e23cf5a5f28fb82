using System.Text.RegularExpressions;

namespace GradientDescent;

/// <summary>Families of MPI implementations: a launcher starts programs that have loaded a library of its own family.</summary>
internal enum MpiFamily
{
    /// <summary>Open MPI.</summary>
    OpenMpi,

    /// <summary>MPICH and what derives from it.</summary>
    Mpich,
}

/// <summary>An MPI implementation, as the text of MPI_Get_library_version names it.</summary>
/// <param name="Name">Name and version, as in "Open MPI 4.1.4".</param>
/// <param name="Family">The family, or <see langword="null"/> for a text of another form.</param>
internal sealed partial record MpiProduct(string Name, MpiFamily? Family)
{
    // What the text contains, the name, the family. The derivatives of MPICH name MPICH too and stand before it.
    private static readonly (string Mark, string Name, MpiFamily Family)[] _known =
    [
        ("Open MPI", "Open MPI", MpiFamily.OpenMpi),
        ("Intel(R) MPI", "Intel MPI", MpiFamily.Mpich),
        ("Microsoft MPI", "Microsoft MPI", MpiFamily.Mpich),
        ("MVAPICH", "MVAPICH", MpiFamily.Mpich),
        ("CRAY MPICH", "Cray MPICH", MpiFamily.Mpich),
        ("ParaStation MPI", "ParaStation MPI", MpiFamily.Mpich),
        ("MPICH", "MPICH", MpiFamily.Mpich),
    ];

    /// <summary>Reads the text of MPI_Get_library_version.</summary>
    public static MpiProduct Of(string text)
    {
        foreach ((string mark, string name, MpiFamily family) in _known)
        {
            int start = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (start >= 0)
                return new($"{name} {Version().Match(text, start + mark.Length).Value}".TrimEnd(), family);
        }

        return new(text.Split('\n')[0].Trim(), null);
    }

    // At least two numbers with a point between them: "4.1.4", "2021.9", "4.2.2rc2".
    [GeneratedRegex(@"\d+(\.\d+)+\w*")]
    private static partial Regex Version();
}
