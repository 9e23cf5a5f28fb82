using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent.Tests.Kernels;

public sealed class AlignedArrayTests
{
    [Fact]
    public unsafe void Span_AnyLength_BeginsAtACacheLineAndKeepsWhatIsWritten()
    {
        for (int length = 1; length < 300; length++)
        {
            var array = new AlignedArray<double>(length);

            array.Span.Fill(length);

            ((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(array.Span)) % 64).Should().Be((nuint)0);
            array.Span.ToArray().Should().HaveCount(length).And.OnlyContain(value => value == length);
        }
    }
}
