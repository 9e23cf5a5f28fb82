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

        // y = 1 + 2x holds exactly for the data: intercept 1, slope 2, and 1 + 2·10 = 21 at x = 10.
        const string Line = "1.000000 2.000000 21.000000";

        // A slope and an intercept for each class can give each of the two x any probabilities, so the most likely ones are the shares of
        // the labels: cat 2, dog 1, owl 1 of 4 at x = 0; cat 1, dog 1, owl 2 of 4 at x = 1.
        const string Animals = "cat owl";

        (int exitCode, string output, string error) = ChildProcess.RunBuilt("FSharpProbe.dll", []);

        exitCode.Should().Be(0, error);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Should().Equal(
            $"Update: {TenSteps}",
            $"Minimize, value and gradient: {TenSteps}",
            $"Minimize, value: {TenSteps}",
            $"LinearRegression.Fit: {Line}",
            $"LinearRegression.Load: {Line}",
            $"SoftmaxRegression.Fit: {Animals}",
            "SoftmaxRegression.Fit, probabilities: 0.500000 0.250000 0.250000",
            $"SoftmaxRegression.Load: {Animals}");
    }
}
