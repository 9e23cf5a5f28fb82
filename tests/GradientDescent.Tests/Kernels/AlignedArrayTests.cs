using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent.Tests.Kernels;

public sealed class AlignedArrayTests
{
    [Fact]
    public unsafe void Span_AnyLength_BeginsAtACacheLineAndKeepsWhatIsWritten()
    {
        for (int length = 8; length < 300; length++) // a vector of eight and more
        {
            var array = new AlignedArray<double>(length);

            array.Span.Fill(length);

            ((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(array.Span)) % 64).Should().Be((nuint)0);
            array.Span.ToArray().Should().HaveCount(length).And.OnlyContain(value => value == length);
        }
    }

    [Theory]
    [InlineData(100, 80)] // little shorter: the same memory
    [InlineData(100, 10)]
    [InlineData(100, 300)]
    [InlineData(2, 100)] // shorter than a cache line
    [InlineData(0, 9)]
    public unsafe void Resized_ToAnyLength_HasTheSameValuesAndZerosBehindThem(int length, int resizedLength)
    {
        var array = new AlignedArray<double>([.. Enumerable.Range(1, length).Select(i => (double)i)]);

        AlignedArray<double> resized = array.Resized(resizedLength);

        resized.Span.ToArray().Should().Equal(
            Enumerable.Range(1, resizedLength).Select(i => i <= length ? (double)i : 0));
        Unsafe.AreSame(in MemoryMarshal.GetReference(array.Span), in MemoryMarshal.GetReference(resized.Span))
            .Should().Be(resizedLength == 80);
        (resizedLength < 8 || (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(resized.Span)) % 64 == 0).Should().BeTrue();
    }
}
