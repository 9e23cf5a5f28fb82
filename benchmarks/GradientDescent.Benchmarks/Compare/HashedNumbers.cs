namespace GradientDescent.Benchmarks.Compare;

/// <summary>
/// Tables of numbers that every side makes for itself, here and in benchmarks/peers/numbers.py: each number is a hash of its position.
/// </summary>
internal static class HashedNumbers
{
    private const int Classes = 10;

    /// <summary>Uniform features row by row, and a target for each row.</summary>
    public static (double[] Features, double[] Targets) Arrays(int rows, int columns, Func<int, int, double> target)
    {
        double[] features = new double[rows * columns], targets = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                features[i * columns + j] = Uniform(i, j);
            targets[i] = target(i, columns);
        }

        return (features, targets);
    }

    /// <summary>Correlates neighbouring features, and makes every eighth constant, as the margins of pictures are.</summary>
    public static void Correlate(double[] features, int columns)
    {
        for (int start = 0; start < features.Length; start += columns)
        {
            Span<double> row = features.AsSpan(start, columns);
            for (int j = 1; j < columns; j++)
                row[j] = 0.9 * row[j - 1] + 0.1 * row[j];
            for (int j = 0; j < columns; j += 8)
                row[j] = 0.25;
        }
    }

    /// <summary>A target: a sum of the first ten numbers of a row, and noise.</summary>
    public static double Score(int row, int columns)
    {
        double sum = Uniform(row, columns);
        for (int j = 0; j < 10; j++)
            sum += (j - 4.5) / 5 * Uniform(row, j);
        return sum;
    }

    /// <summary>A target of two classes: 1 where the score is positive, otherwise 0.</summary>
    public static double Sign(int row, int columns) => Score(row, columns) > 0 ? 1 : 0;

    /// <summary>A target of ten classes, from 0 to 9.</summary>
    public static double Class(int row, int columns) => Math.Floor(Math.Abs(Score(row, columns)) * 8) % Classes;

    /// <summary>A number from −1 to 1: SplitMix64 of the position. Steele, Lea and Flood, 2014.</summary>
    public static double Uniform(int row, int column)
    {
        ulong z = ((ulong)row * 1_000_003 + (ulong)column + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (z ^ (z >> 31)) / 18446744073709551616.0 * 2 - 1;
    }
}
