namespace GradientDescent.Tests.Contracts;

/// <summary>
/// Damaged model files, CSV files and checkpoints are read and sound, or refused with the documented exception. The program FuzzProbe tries
/// a million.
/// </summary>
public sealed class DamagedFilesContract
{
    [Fact]
    public void Read_OfThousandsOfDamagedFiles_IsSoundOrRefused()
    {
        using var fuzzing = new Fuzzing.Fuzzing(seed: 1);

        for (int i = 0; i < 12_000; i++)
            fuzzing.Try(i);

        fuzzing.Findings.Should().BeEmpty();
        foreach (string kind in (string[])["model", "CSV", "checkpoint"]) // neither is rare, so that both are tested
        {
            fuzzing.Counts[(kind, "read")].Should().BeGreaterThan(100);
            fuzzing.Counts[(kind, "refused")].Should().BeGreaterThan(100);
        }
    }
}
