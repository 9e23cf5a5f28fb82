using System.Globalization;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>Lines "side round name n value" with tabs between, as benchmarks/compare collects them.</summary>
internal sealed class Measurements
{
    public const string Ours = "ours", C = "c", Torch = "torch", Sklearn = "sklearn", MathNetQR = "mathnet-qr",
        MathNetNormal = "mathnet-normal", MLNet = "mlnet", TorchSharp = "torchsharp", NumPy = "numpy", Pandas = "pandas";

    private readonly Dictionary<(string Side, string Name, int N), double[]> _rounds;

    private Measurements(Dictionary<(string Side, string Name, int N), double[]> rounds) => _rounds = rounds;

    public static Measurements Read(string path) => new(File.ReadLines(path)
        .Select(line => line.Split('\t'))
        .GroupBy(part => (part[0], part[2], int.Parse(part[3], CultureInfo.InvariantCulture)))
        .ToDictionary(
            group => group.Key,
            group => group.OrderBy(part => int.Parse(part[1], CultureInfo.InvariantCulture))
                .Select(part => double.Parse(part[4], CultureInfo.InvariantCulture)).ToArray()));

    /// <summary>The lengths at which a side measured something, in ascending order.</summary>
    public int[] LengthsOf(string side, string name) =>
        [.. _rounds.Keys.Where(key => key.Side == side && key.Name == name).Select(key => key.N).Order()];

    /// <summary>The median over the rounds; null where the side did not measure it.</summary>
    public double? Median(string side, string name, int n) =>
        _rounds.TryGetValue((side, name, n), out double[]? rounds) ? Stopclock.Median(rounds) : null;

    /// <summary>
    /// The ratio of the medians and the lowest and highest ratio of one round; null where a side did not measure it, or where the
    /// difference of two times came out negative.
    /// </summary>
    public Ratio? Between((string Side, string Name) above, (string Side, string Name) below, int n)
    {
        if (
            !_rounds.TryGetValue((above.Side, above.Name, n), out double[]? a)
            || !_rounds.TryGetValue((below.Side, below.Name, n), out double[]? b))
            return null;
        if (Stopclock.Median(a) <= 0 || Stopclock.Median(b) <= 0)
            return null;
        double[] byRound = [.. a.Zip(b, (x, y) => x / y)];
        return new Ratio(Stopclock.Median(a) / Stopclock.Median(b), byRound.Min(), byRound.Max());
    }
}

/// <summary>A ratio of medians and how far single rounds were from it.</summary>
internal readonly record struct Ratio(double Value, double Lowest, double Highest);
