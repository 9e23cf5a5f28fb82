using System.Text;
using System.Text.Json;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.ModelFiles;

/// <summary>Files that were changed, cut off or extended: each is refused.</summary>
public sealed class DamagedModelFileTests
{
    [Fact]
    public void AChangedDigit_IsNoticed()
    {
        string whole = Encoding.UTF8.GetString(SavedModels.Bytes(stream => SavedModels.Fitted(new LinearRegression(), 1).Save(stream)));

        FluentActions.Invoking(() => SavedModels.Load(Encoding.UTF8.GetBytes(whole.Replace("0.1", "0.2"))))
            .Should().Throw<ModelFormatException>()
            .WithMessage("'sha256' does not match the other members: the file is damaged or was changed by hand.");
    }

    [Fact]
    public void ATruncatedFile_IsRefusedAtEveryLength()
    {
        byte[] whole = SavedModels.Bytes(SavedModels.Labelled("a", "b").Save);
        for (int length = 0; length < whole.Length; length++)
            FluentActions.Invoking(() => SavedModels.Load(whole[..length])).Should().Throw<ModelFormatException>();
        FluentActions.Invoking(() => SavedModels.Load([.. whole, (byte)'x'])).Should().Throw<ModelFormatException>();
    }

    [Fact]
    public void AFileThatIsTooLarge_IsRefusedBeforeItIsRead()
    {
        FluentActions.Invoking(() => ModelFile.Load(new Endless(canSeek: true)))
            .Should().Throw<ModelFormatException>().WithMessage("It has more than 268435456 bytes, the maximum of a model file.");
        FluentActions.Invoking(() => ModelFile.Load(new Endless(canSeek: false)))
            .Should().Throw<ModelFormatException>().WithMessage("It has more than 268435456 bytes*");
    }

    /// <summary>Random damages are refused or change nothing. Half of them have the right hash. The environment variable MUTATED_MODELS
    /// sets their number.</summary>
    [Fact]
    public void MutatedFiles_AreRefusedOrMeanTheSame()
    {
        byte[] whole = SavedModels.Bytes(SavedModels.Complete().Save);
        string expected = Meaning(SavedModels.Load(whole));
        var random = new Random(3);
        int count = int.TryParse(Environment.GetEnvironmentVariable("MUTATED_MODELS"), out int wanted) ? wanted : 4000;
        int accepted = 0, sealedAnew = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] mutated = Damage.Done(whole, random);
            bool isResealed = random.Next(2) == 0 && TryReseal(ref mutated);
            sealedAnew += isResealed ? 1 : 0;
            try
            {
                ModelFile file = SavedModels.Load(mutated);
                accepted++;
                file.Model.Parameters.Should().OnlyContain(p => double.IsFinite(p));
                if (!isResealed)
                    Meaning(file).Should().Be(expected);
            }
            catch (ModelFormatException e)
            {
                e.Message.Should().NotBeEmpty();
            }
        }

        sealedAnew.Should().BeGreaterThan(count / 40);
        accepted.Should().BeGreaterThan(count / 80).And.BeLessThan(count / 2);
    }

    private static string Meaning(ModelFile file)
    {
        IEnumerable<long> bits = file.Model.Parameters.Select(BitConverter.DoubleToInt64Bits);
        string names = string.Join("|", file.TargetNames);
        return $"{file} {file.LabelType} {file.Model.Method} {file.Encoding} {names} {string.Join(" ", bits)}";
    }

    private static bool TryReseal(ref byte[] bytes)
    {
        try
        {
            bytes = SavedModels.Resealed(Encoding.UTF8.GetString(bytes));
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            return false; // not JSON any more
        }
    }

    /// <summary>A stream of spaces without end.</summary>
    private sealed class Endless(bool canSeek) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => canSeek;

        public override bool CanWrite => false;

        public override long Length => canSeek ? long.MaxValue : throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (canSeek)
                throw new InvalidOperationException("The length is enough to refuse the stream; it must not be read.");
            Array.Fill(buffer, (byte)' ', offset, count);
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
