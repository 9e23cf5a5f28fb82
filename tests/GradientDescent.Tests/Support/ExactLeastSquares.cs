using System.Numerics;

namespace GradientDescent.Tests.Support;

/// <summary>The least-squares solution for doubles taken as they are, by the normal equations in whole numbers.</summary>
internal static class ExactLeastSquares
{
    /// <summary>Coefficients of the columns, as numerators over one denominator; the columns must be independent.</summary>
    /// <param name="rows">Exact numbers.</param>
    /// <param name="targets">As many.</param>
    public static (BigInteger[] Numerators, BigInteger Denominator) Solve(Dyadic[][] rows, Dyadic[] targets)
    {
        Dyadic[][] shortest = [.. rows.Zip(targets, (row, y) => row.Append(y).Select(Shortest).ToArray())];
        int exponent = shortest.Min(row => row.Min(number => number.Exponent)), p = rows[0].Length;
        BigInteger[][] table = [.. shortest.Select(row => row.Select(number => number.Mantissa << (number.Exponent - exponent)).ToArray())];
        var normal = new BigInteger[p, p + 1];
        for (int j = 0; j < p; j++)
        {
            for (int k = 0; k <= p; k++)
                normal[j, k] = table.Aggregate(BigInteger.Zero, (sum, row) => sum + row[j] * row[k]);
        }

        // Bareiss, "Sylvester's identity and multistep integer-preserving Gaussian elimination", 1968: each division is exact.
        BigInteger previous = 1;
        for (int k = 0; k < p; k++)
        {
            for (int i = 0; i < p; i++)
            {
                for (int j = k + 1; j <= p && i != k; j++)
                    normal[i, j] = (normal[k, k] * normal[i, j] - normal[i, k] * normal[k, j]) / previous;
            }

            for (int i = 0; i < k; i++)
                normal[i, i] = normal[k, k];
            previous = normal[k, k];
        }

        return ([.. Enumerable.Range(0, p).Select(j => normal[j, p])], previous);
    }

    /// <summary>How far a double is from numerator/denominator, in units of its last place.</summary>
    public static double Ulps(double actual, BigInteger numerator, BigInteger denominator)
    {
        var value = Dyadic.Of(actual);
        Dyadic difference = value * new Dyadic(denominator, 0) - new Dyadic(numerator, 0);
        return difference.Mantissa.IsZero ? 0
            : (difference / (Dyadic.Of(Math.BitIncrement(Math.Abs(actual)) - Math.Abs(actual)) * new Dyadic(denominator, 0))).Abs()
            .Approximate();
    }

    /// <summary>With an odd mantissa, so that whole numbers stay short.</summary>
    private static Dyadic Shortest(Dyadic number)
    {
        if (number.Mantissa.IsZero)
            return new(0, 0);
        int zeros = (int)(number.Mantissa & -number.Mantissa).GetBitLength() - 1;
        return new(number.Mantissa >> zeros, number.Exponent + zeros);
    }
}
