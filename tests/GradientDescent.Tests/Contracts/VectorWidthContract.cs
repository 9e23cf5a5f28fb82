using System.Globalization;
using System.Runtime.Intrinsics;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Contracts;

/// <summary>
/// The same hashes whatever vectors and libm the machine has: a probe program runs with some of them switched off, each time on another
/// number of threads.
/// </summary>
public class VectorWidthContract
{
    private static readonly Lazy<Hashes> _widest = new(() => Probe(1, "", ""));

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 512, 256, 2)]
    [InlineData("DOTNET_EnableAVX2", 256, 128, 3)]
    [InlineData("DOTNET_EnableHWIntrinsic", 128, 0, 8)]
    public void Probe_WithNarrowerVectors_PrintsTheSameHashes(string switchedOff, int widthNeeded, int widthLeft, int threads)
    {
        Assert.SkipWhen(WidthOfThisMachine() < widthNeeded, $"This machine has no {widthNeeded}-bit vectors to switch off.");

        Hashes narrower = Probe(threads, switchedOff, "0");

        narrower.Width.Should().Be($"width {widthLeft}");
        ShouldHaveTheHashesOfTheWidest(narrower);
    }

    [Fact]
    public void Probe_WithAnotherLibm_PrintsTheSameHashes()
    {
        // glibc chooses its exp, log, pow and cos by what the processor can do; told that it can do less, it returns other bits.
        Hashes other = Probe(2, "GLIBC_TUNABLES", "glibc.cpu.hwcaps=-FMA,-AVX2");

        Assert.SkipWhen(other.Libm == _widest.Value.Libm, "There is no glibc, or it has only one way to compute on this machine.");
        ShouldHaveTheHashesOfTheWidest(other);
    }

    /// <summary>
    /// Updates of short and of long vectors in both precisions, each way to cut samples into batches in both storages; then some models.
    /// </summary>
    private static void ShouldHaveTheHashesOfTheWidest(Hashes hashes)
    {
        int trainings = AllOptimizers.ByName.Keys.Sum(name => HashedWork.Cuts.Values.Count(cut => HashedWork.Fits(name, cut)));
        hashes.OfWork.Should().Equal(_widest.Value.OfWork).And.HaveCountGreaterThan(2 * (2 * AllOptimizers.ByName.Count + trainings));
    }

    private static Hashes Probe(int threads, string variable, string value)
    {
        Dictionary<string, string> environment = variable.Length == 0 ? [] : new() { [variable] = value };
        (int exitCode, string output, string error) =
            ChildProcess.RunBuilt("WidthProbe.dll", [threads.ToString(CultureInfo.InvariantCulture)], environment);
        exitCode.Should().Be(0, error);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new Hashes(lines[0], lines[1], lines[2..]);
    }

    private static int WidthOfThisMachine() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    private sealed record Hashes(string Width, string Libm, string[] OfWork);
}
