using System.Diagnostics;
using System.Globalization;
using GradientDescent.Tests.Fuzzing;

// Reads damaged model files, CSV files and checkpoints: dotnet run -c Release --project tests/FuzzProbe [count] [seed], a million by
// default. Prints how many of each kind were read and refused, and what was not as promised. With a third number, only that input: its
// bytes are written to the file input.bin, and what happens is printed. The exit code is 0 only if everything was as promised.
long[] numbers = [.. args.Select(argument => long.Parse(argument, CultureInfo.InvariantCulture))];
(long count, long seed) = (numbers.Length > 0 ? numbers[0] : 1_000_000, numbers.Length > 1 ? numbers[1] : 1);
Console.WriteLine($"seed {seed}");
using var fuzzing = new Fuzzing(seed);
if (numbers.Length > 2)
{
    File.WriteAllBytes("input.bin", fuzzing.BytesOf(numbers[2]));
    fuzzing.Try(numbers[2]);
    return Summary();
}

// An input that never ends must be named too.
var clock = Stopwatch.StartNew();
(long Index, TimeSpan Since) current = (0, TimeSpan.Zero);
object gate = new();
using var watch = new Timer(_ =>
{
    lock (gate)
    {
        if (clock.Elapsed - current.Since < TimeSpan.FromMinutes(1))
            return;
        Console.WriteLine($"input {current.Index} does not end");
        Environment.Exit(1);
    }
}, null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
for (long i = 0; i < count; i++)
{
    lock (gate)
        current = (i, clock.Elapsed);
    if (i % 100_000 == 0 && i > 0)
        Console.WriteLine($"{i} inputs, {fuzzing.Findings.Count} findings, {i / clock.Elapsed.TotalSeconds:F0} a second");
    fuzzing.Try(i);
}

Console.WriteLine($"{count} inputs, {count / clock.Elapsed.TotalSeconds:F0} a second");
return Summary();

int Summary()
{
    foreach (((string kind, string outcome), long inputs) in fuzzing.Counts)
        Console.WriteLine($"{kind,-12} {outcome,-16} {inputs,9}");
    foreach (IGrouping<string, Finding> same in fuzzing.Findings.GroupBy(finding => $"{finding.Kind}: {Shape(finding.Problem)}"))
        Console.WriteLine($"{same.Count()} times, first at input {same.First().Index}: {same.First().Kind}: {same.First().Problem}");
    return fuzzing.Findings.Count == 0 ? 0 : 1;
}

// Findings that differ in numbers and quoted text only are one.
static string Shape(string problem) =>
    System.Text.RegularExpressions.Regex.Replace(problem, "'.*'|[0-9]+", "?", System.Text.RegularExpressions.RegexOptions.Singleline);
