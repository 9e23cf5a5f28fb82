using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Checkpoints;

/// <summary>Files that are not what they should be: refused in words, never a crash, never accepted.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Path => System.IO.Path.Combine(_folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly Dataset _data = Dataset.From([1.0, 2, 3, 4, 5], [2.0, 4, 6, 8, 11]);

    private byte[] Written()
    {
        Fit(new() { MaxSteps = 5, CheckpointFile = Path });
        return File.ReadAllBytes(Path);
    }

    private static TrainingResult Fit(TrainingOptions options) => new Trainer(new Adam(), options).Fit(new LinearRegression(), _data);

    private void ShouldBeRefused(byte[] bytes, string message)
    {
        File.WriteAllBytes(Path, bytes);
        FluentActions.Invoking(() => Fit(new() { ResumeFrom = Path })).Should().Throw<CheckpointFormatException>()
            .WithMessage($"'run.checkpoint' cannot be used: {message}");
    }

    [Fact]
    public void ATruncatedFile_IsRefusedAtEveryLength()
    {
        byte[] whole = Written();
        for (int length = 0; length < whole.Length; length++)
            ShouldBeRefused(whole[..length], "*");
    }

    [Fact]
    public void EveryFlippedBit_IsNoticed()
    {
        byte[] whole = Written();
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] flipped = [.. whole];
            flipped[i] ^= (byte)(1 << i % 8);
            ShouldBeRefused(flipped, "*");
        }
    }

    [Fact]
    public void WhatIsWrong_IsNamed()
    {
        byte[] whole = Written();

        ShouldBeRefused([], "It is too short for a checkpoint.");
        ShouldBeRefused(Encoding.UTF8.GetBytes("age,salary\n" + new string('1', 100)), "It is not a checkpoint.");
        ShouldBeRefused([.. whole, 0], "Its checksum is wrong: the file is damaged or incomplete.");
        ShouldBeRefused(With(whole, version: 2), "It has version 2: this library reads version 1.");
        ShouldBeRefused(With(whole, headerLength: int.MaxValue), "The length of its header is 2147483647 bytes, which is not possible.");
        ShouldBeRefused(With(whole, headerLength: -1), "The length of its header is -1 bytes, which is not possible.");
    }

    // Whoever can write files can also write the right checksum: what is inside must hold by itself.
    [Theory]
    [InlineData("\"clock.step\":5", "\"clock.step\":-5", "'clock.step' is -5: it must be from 0 to *")]
    [InlineData("\"clock.step\":5", "\"clock.step\":5.5", "Its header is not valid: *")]
    [InlineData("\"clock.step\":5", "\"clock.step\":5,\"clock.step\":6", "Its header is not valid: *")]
    [InlineData("\"clock.step\":5", "\"clock.stepp\":5", "The checkpoint has no 'clock.step'*")]
    [InlineData("\"clock.step\":5", "\"clock.step\":5,\"clock.new\":5",
        "The checkpoint contains 'clock.new', which this run does not use*")]
    [InlineData("\"clock.elapsedTicks\":", "\"clock.elapsedTicks\":9223372036854775807,\"x\":",
        "'clock.elapsedTicks' is 9223372036854775807: it must be from 0 to *")]
    [InlineData("\"stop.inWindow\":0", "\"stop.inWindow\":9223372036854775807",
        "'stop.inWindow' is 9223372036854775807: it must be from 0 to *")]
    [InlineData("\"epoch.assessed\":", "\"epoch.assessed\":99,\"x\":", "'epoch.assessed' is 99: it must be from 0 to 6.")]
    [InlineData("\"optimizer.precision\":0", "\"optimizer.precision\":1", "'optimizer.precision' is 1: it must be from 0 to 0.")]
    [InlineData("\"optimizer.length\":2", "\"optimizer.length\":150000000", "'optimizer.length' is 150000000: it must be from 0 to 2.")]
    [InlineData("\"optimizer.length\":2", "\"optimizer.length\":0", "The state has 5 steps and no parameters*")]
    [InlineData("\"kept.bestLoss\":", "\"kept.bestLoss\":1e999,\"x\":", "'kept.bestLoss' holds Infinity: every number must be finite.")]
    [InlineData("\"parameters\":2", "\"parameters\":2000000000", "The lengths of its vectors do not match its header.")]
    [InlineData("\"parameters\":2", "\"parameters\":-2", "The length of 'parameters' is -2: it must be at least 0.")]
    [InlineData("\"parameters\":2", "\"parameters\":1,\"more\":1", "'parameters' has 1 entries: it must have 2.")]
    [InlineData("\"optimizer.length\":2", "\"optimizer.length\":1", "'optimizer' is for 1 parameters: there are 2.")]
    [InlineData("{\"strings\"", "[{\"strings\"", "Its header is not valid: *")]
    [InlineData("\"strings\"", "\"string\"", "Its header has the sections *")]
    public void AForgedHeader_IsRefused(string from, string to, string message)
    {
        byte[] forged = Forged(Written(), header =>
        {
            header.Should().Contain(from);
            return header.Replace(from, to);
        });

        ShouldBeRefused(forged, message);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ForgedNumbers_ThatAreNotFinite_AreRefused(double number)
    {
        byte[] whole = Written();
        int firstNumber = 16 + BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(12));
        int last = whole.Length - SHA256.HashSizeInBytes - sizeof(double);
        // the window of losses has no entries: these are the parameters'
        BinaryPrimitives.WriteDoubleLittleEndian(whole.AsSpan(last), number);
        Reseal(whole);

        last.Should().BeGreaterThan(firstNumber);
        ShouldBeRefused(whole, "'*' holds *: every number must be finite.");
    }

    [Fact]
    public void TheOldCheckpoint_SurvivesUntilTheNewOneIsWhole()
    {
        byte[] old = Written();
        var names = new OptimizerState("Own", 0, [KeyValuePair.Create(new string('n', 1 << 24), 1.0)]);

        TrainingResult result = new Trainer(new StatefulOptimizer(names), new() { MaxSteps = 9, CheckpointFile = Path })
            .Fit(new LinearRegression(), _data);

        result.Steps.Should().Be(9, "what cannot be written does not cost the work");
        result.Note.Should().StartWith("The last checkpoint could not be written: ");
        File.ReadAllBytes(Path).Should().Equal(old);
        Directory.EnumerateFileSystemEntries(_folder).Should().Equal(Path);
    }

    private static byte[] With(byte[] whole, int? version = null, int? headerLength = null)
    {
        byte[] changed = [.. whole];
        if (version is { } v)
            BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(8), v);
        if (headerLength is { } length)
            BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(12), length);
        Reseal(changed);
        return changed;
    }

    private static byte[] Forged(byte[] whole, Func<string, string> edit)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(12));
        byte[] header = Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(whole, 16, length)));
        byte[] forged = [.. whole[..16], .. header, .. whole[(16 + length)..]];
        BinaryPrimitives.WriteInt32LittleEndian(forged.AsSpan(12), header.Length);
        Reseal(forged);
        return forged;
    }

    private static void Reseal(byte[] bytes) =>
        SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes), bytes.AsSpan(^SHA256.HashSizeInBytes..));
}
