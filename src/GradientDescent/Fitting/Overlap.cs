using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>Proves from a few samples of a fit that no hyperplane separates classes, much faster than by a search for one.</summary>
/// <remarks>
/// Let z be the forms of <see cref="ClassMargins"/>. If Σ λz = 0 with every λ greater than 0, then Σ λ(z·D) = 0 for all coefficients D: if
/// no margin z·D is negative, all are 0 (Stiemke 1915; Albert and Anderson, Biometrika 71, 1984, section 3). The gradient of cross-entropy
/// is −Σ wpz, where p is the probability of a wrong class, and it is nearly 0 after training. Changes δ of the factors wp of some samples
/// of one class make it exactly 0: δ = xᵀ(Σ xxᵀ)⁻¹g for the part g of each other class, up to the sign. If every |δ| is smaller than wp,
/// all factors stay greater than 0, and the proof is complete.
/// </remarks>
internal static class Overlap
{
    private const int SamplesPerColumn = 4;
    private const int CandidatesPerColumn = 2 * SamplesPerColumn;

    // Smaller factors, for a weight of 1 on average, are left to the search for a separation, which takes rounded features into account.
    private const double SmallestFactor = 1e-6;

    // The changes may be this share of the factors, which leaves room for the rounding errors that the bound does not contain.
    private const double LargestShare = 0.01;

    private const double UnitRoundoff = 1.0 / (1L << 53);

    /// <summary>Whether the samples prove that there is no separation. If not, there may be one or not.</summary>
    /// <param name="risk">A mean cross-entropy without a penalty, with standardised features in double precision.</param>
    /// <param name="parameters">The parameters at the end of training.</param>
    /// <param name="gradientNorm">The norm of the gradient there.</param>
    public static bool IsProvenBy(EmpiricalRisk risk, ReadOnlySpan<double> parameters, double gradientNorm)
    {
        Dataset data = risk.Data;
        int columns = parameters.Length / risk.Model.OutputCount;
        if (data.FeaturePrecision != NumericPrecision.Double || (long)SamplesPerColumn * columns * columns > data.SampleCount)
            return false; // the search costs less
        (int Sample, double Factor)[] changed = LargestFactors(risk, parameters, columns);
        double total = Enumerable.Range(0, data.SampleCount).Sum(data.Weight);
        if (changed.Length < SamplesPerColumn * columns || !(changed[^1].Factor >= SmallestFactor * total / data.SampleCount))
            return false;

        Dataset.RowReader featuresOf = data.FeatureReader();
        double longest = 0;
        double[][] products = GramMatrix.Of(changed.Length, columns, WriteChanged, new ThreadTeam(1));
        (double[][] triangle, int[] basis, _) = Cholesky.Factorize(products);
        if (basis.Length < columns)
            return false;
        double inverse = Cholesky.Inverse(triangle, basis).Sum(row => Reductions.Dot<double, double>(row, row)); // ≥ ‖(Σ xxᵀ)⁻¹‖

        // Rounding: Σ w|x| ≤ Σ w in a standardised column, and no more than so many numbers are added one after another.
        double rounding = (data.SampleCount / 64 + 1000) * UnitRoundoff * Math.Sqrt(columns);
        return longest * inverse * total * (gradientNorm + rounding) <= LargestShare * changed[^1].Factor;

        void WriteChanged(int i, Span<double> row)
        {
            row.Fill(1); // the last column is the intercept's, if there is one
            featuresOf(changed[i].Sample).CopyTo(row);
            longest = Math.Max(longest, Reductions.Norm(row));
        }
    }

    /// <summary>
    /// Returns the samples of the commonest class with the largest factors wp, the largest first, from candidates all over the data.
    /// </summary>
    private static (int Sample, double Factor)[] LargestFactors(EmpiricalRisk risk, ReadOnlySpan<double> parameters, int columns)
    {
        Dataset data = risk.Data;
        int[] classes = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Weight(i) > 0 ? (int)data.Targets(i)[0] : -1)];
        int commonest = classes.Where(own => own >= 0).CountBy(own => own).MaxBy(count => count.Value).Key;
        int[] samples = [.. Enumerable.Range(0, data.SampleCount).Where(i => classes[i] == commonest)];
        int count = Math.Min(samples.Length, CandidatesPerColumn * columns);
        int[] candidates = [.. Enumerable.Range(0, count).Select(i => samples[(int)((long)i * samples.Length / count)])];
        double[] scores = new double[count * risk.Model.OutputCount];
        ModelEvaluation.Score(risk.Model, parameters, data.Select(candidates), scores);
        double[] factors = new double[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> own = scores.AsSpan(i * risk.Model.OutputCount, risk.Model.OutputCount);
            factors[i] = data.Weight(candidates[i]) * LeastWrongProbability(own, commonest);
        }

        Array.Sort(factors, candidates);
        Array.Reverse(factors);
        Array.Reverse(candidates);
        return [.. candidates.Zip(factors).Take(SamplesPerColumn * columns)];
    }

    /// <summary>The smallest probability of a class other than the sample's own.</summary>
    private static double LeastWrongProbability(ReadOnlySpan<double> scores, int own)
    {
        if (scores.Length == 1)
            return Elementary.Sigmoid(own == 1 ? -scores[0] : scores[0]);
        double largest = scores[Reductions.IndexOfMax(scores)], least = double.PositiveInfinity, total = 0;
        for (int k = 0; k < scores.Length; k++)
        {
            double part = Elementary.Exp(scores[k] - largest);
            total += part;
            if (k != own)
                least = Math.Min(least, part);
        }

        return least / total;
    }
}
