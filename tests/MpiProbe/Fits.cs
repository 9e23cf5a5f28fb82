using System.Globalization;
using GradientDescent;

/// <summary>Fits of data that is divided among the ranks. Rank 0 prints the parameters with all their bits.</summary>
internal static class Fits
{
    public static void Run()
    {
        using MpiCollective? mpi = MpiCollective.StartIfLaunched();
        Dataset data = Dataset.From(
            [.. Enumerable.Range(0, 1000).Select(i => Enumerable.Range(0, 6).Select(j => Math.Sin(7 * i + 5 * j)).ToArray())],
            [.. Enumerable.Range(0, 1000).Select(i => i % 7 == 0 || Math.Sin(7 * i) > 0.2 ? 1.0 : 0)]).Shard(mpi);
        var options = new TrainingOptions { MaxEpochs = 20, Batching = Batching.Full };
        ReadOnlySpan<double> line = [.. LinearRegression.Fit(data).Weights];
        ReadOnlySpan<double> classes = [.. new Trainer(new Adam(0.05), options).Fit(new LogisticRegression(), data).Parameters];
        if (mpi is null or { Rank: 0 })
            Console.WriteLine($"{Text(line)}; {Text(classes)}");
    }

    private static string Text(ReadOnlySpan<double> values) =>
        string.Join(' ', values.ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
