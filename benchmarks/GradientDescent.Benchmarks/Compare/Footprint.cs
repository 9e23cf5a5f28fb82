using System.Globalization;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>
/// The memory that work needs beyond what the process holds at its start: the highest resident memory until now minus the one at the start,
/// in MB of 10⁶ bytes.
/// </summary>
/// <remarks>
/// For Linux. At the start the collector returns what it can, and a "5" in /proc/self/clear_refs sets the highest resident memory (VmHWM in
/// /proc/self/status) to the present one (VmRSS): what making the data took is not counted.
/// </remarks>
internal sealed class Footprint
{
    private readonly double _start;

    public Footprint()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
        _start = Read("VmRSS:");
    }

    public double Megabytes() => Read("VmHWM:") - _start;

    /// <summary>Reads a line such as "VmRSS: 1234 kB", where a kB has 1,024 bytes.</summary>
    private static double Read(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return double.Parse(line.AsSpan(key.Length..^"kB".Length), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
