using System.Runtime.Intrinsics;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Contracts;

/// <summary>The same bits whatever vectors the machine has: a probe program runs with some of them switched off.</summary>
public class VectorWidthContract
{
    [SkippableTheory]
    [InlineData("DOTNET_EnableAVX512", 512, 256)]
    [InlineData("DOTNET_EnableAVX2", 256, 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 128, 0)]
    public void Probe_WithNarrowerVectors_PrintsTheSameHashes(string switchedOff, int widthNeeded, int widthLeft)
    {
        Skip.If(WidthOfThisMachine() < widthNeeded, $"This machine has no {widthNeeded}-bit vectors to switch off.");
        string[] widest = Probe([]);

        string[] narrower = Probe(new() { [switchedOff] = "0" });

        narrower[0].Should().Be($"width {widthLeft}");
        narrower.Skip(1).Should().Equal(widest.Skip(1)).And.HaveCountGreaterThan(40);
    }

    [SkippableFact]
    public void Probe_WithAnotherLibm_PrintsTheSameHashes()
    {
        // glibc chooses its exp, log, pow and cos by what the processor can do; told that it can do less, it returns other bits.
        Skip.IfNot(OperatingSystem.IsLinux(), "There is no glibc to tune.");

        Probe(new() { ["GLIBC_TUNABLES"] = "glibc.cpu.hwcaps=-FMA,-AVX2" }).Should().Equal(Probe([]));
    }

    private static string[] Probe(Dictionary<string, string> environment)
    {
        (int exitCode, string output, string error) = ChildProcess.RunBuilt("WidthProbe.dll", [], environment);
        exitCode.Should().Be(0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static int WidthOfThisMachine() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
}
