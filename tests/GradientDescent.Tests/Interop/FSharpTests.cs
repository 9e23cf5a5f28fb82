using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Interop;

/// <summary>The library called from F#: tests/FSharpProbe compiles, and finds what follows from the formulas.</summary>
public class FSharpTests
{
    [Fact]
    public void FSharpProbe_Run_PrintsTheExpectedNumbers()
    {
        // From 0 with the rate 1/2 each step halves the distance to the minimum (3, -1): after ten steps it is 2^-10 of the first.
        const string TenSteps = "2.997070 -0.999023";

        (int exitCode, string output, string error) = ChildProcess.RunBuilt("FSharpProbe.dll", []);

        exitCode.Should().Be(0, error);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Should().Equal(
            $"Update: {TenSteps}",
            $"Minimize, value and gradient: {TenSteps}",
            $"Minimize, value: {TenSteps}");
    }
}
