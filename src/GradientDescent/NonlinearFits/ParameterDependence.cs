namespace GradientDescent;

/// <summary>Which parameters the data cannot tell apart, from the factors of the Jacobian.</summary>
internal static class ParameterDependence
{
    // Parts of a combination that are smaller than this, compared with its largest part, are not listed.
    private const double SmallestPart = 1e-6;

    /// <summary>Describes the dependent columns; <see langword="null"/>: there are none.</summary>
    /// <param name="factors">The factors of the Jacobian.</param>
    /// <param name="names">The names of the parameters.</param>
    public static string? Describe(PivotedQR factors, IReadOnlyList<string> names)
    {
        if (factors.Rank == factors.ColumnCount)
            return null;
        var sentences = new List<string?>();
        string[] without = [.. names.Where((_, j) => factors.ColumnNorms[j] == 0)];
        if (without.Length > 0)
        {
            string verb = without.Length == 1 ? "does" : "do";
            sentences.Add($"{Format.List(without)} {verb} not change the formula at these parameters: start elsewhere, or leave "
                + $"{(without.Length == 1 ? "it" : "them")} out.");
        }

        foreach (SortedSet<int> group in Groups(factors))
        {
            string members = Format.List(group.Select(j => names[j]));
            sentences.Add($"At these parameters the data cannot tell {members} apart: the formula changes in the same way with each, or "
                + "with combinations of them. Fix one, measure at other points, or start elsewhere.");
        }

        return Format.Sentences([.. sentences, "There are no standard errors."]);
    }

    /// <summary>The parameters of all changes without effect; changes that have a parameter in common are one group.</summary>
    private static List<SortedSet<int>> Groups(PivotedQR factors)
    {
        var groups = new List<SortedSet<int>>();
        for (int k = factors.Rank; k < factors.ColumnCount; k++)
        {
            if (factors.ColumnNorms[factors.Order[k]] == 0)
                continue;
            var group = new SortedSet<int>(Combination(factors, k));
            foreach (SortedSet<int> other in groups.Where(group.Overlaps))
                group.UnionWith(other);
            groups.RemoveAll(group.Overlaps);
            groups.Add(group);
        }

        return groups;
    }

    /// <summary>The parameters of a change without effect: Δθₖ = 1 and Δθ = −R₁₁⁻¹R₁ₖ for the independent ones.</summary>
    private static IEnumerable<int> Combination(PivotedQR factors, int k)
    {
        double[] change = new double[factors.ColumnCount];
        for (int i = 0; i < factors.Rank; i++)
            change[i] = factors[i, k];
        factors.Solve(change);
        change[k] = 1;
        double[] effects = [.. change.Select((part, j) => Math.Abs(part) * factors.ColumnNorms[factors.Order[j]])];
        double largest = effects.Max();
        return Enumerable.Range(0, effects.Length).Where(j => effects[j] > SmallestPart * largest).Select(j => factors.Order[j]);
    }
}
