using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Tables;

public class RowLinesTests
{
    [Fact]
    public void RowLines_OfAnyLines_KnowEachOfThem() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 3).NonEmptyListOf().ToArbitrary(),
        steps =>
        {
            long line = 1;
            long[] lines = [.. steps.Select(step => line += step)];
            var stored = new RowLines();

            foreach (long one in lines)
                stored.Add(one);

            stored.RowCount.Should().Be(lines.Length);
            Enumerable.Range(0, lines.Length).Select(row => stored[row]).Should().Equal(lines);
        }));
}
