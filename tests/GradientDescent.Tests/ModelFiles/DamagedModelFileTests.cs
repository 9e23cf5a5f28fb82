using System.Text;

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
