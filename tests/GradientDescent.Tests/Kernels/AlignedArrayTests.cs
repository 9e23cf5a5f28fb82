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
}
