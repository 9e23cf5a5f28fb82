using System.Globalization;
using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>A file of 200,000 rows of ten numbers with all their digits, about 40 MB, beside reading its bytes.</summary>
[MemoryDiagnoser]
public class WhatDoesLoadingACsvFileCost
{
    private const int Columns = 10;

    private string _path = "";

    [GlobalSetup]
    public void Setup()
    {
        _path = Path.GetTempFileName();
        var random = new Random(3);
        using var file = new StreamWriter(_path);
        file.WriteLine(string.Join(',', Enumerable.Range(1, Columns - 1).Select(j => $"x{j}").Append("y")));
        for (int i = 0; i < Scale.Of(200_000); i++)
            file.WriteLine(
                string.Join(',', Enumerable.Range(0, Columns).Select(_ => random.NextDouble().ToString(CultureInfo.InvariantCulture))));
    }

    [GlobalCleanup]
    public void Cleanup() => File.Delete(_path);

    [Benchmark(Baseline = true)]
    public Dataset FromCsv() => Dataset.FromCsv(_path, target: "y");

    [Benchmark]
    public byte[] BytesOnly() => File.ReadAllBytes(_path);
}
