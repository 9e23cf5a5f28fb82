using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Data;

/// <summary>What the messages must name: the argument, the row and column, the value, what is allowed.</summary>
public sealed class DatasetBadInputTests
{
    private static readonly double[][] _good = [[1, 2], [3, 4], [5, 6]];

    private static readonly double[] _y = [1, 2, 3];

    public static TheoryData<string, string, Action> BadInput => new()
    {
        { "features", "There are no samples: at least one is needed.", () => Dataset.From(Array.Empty<double>(), []) },
        { "features", "There are no samples: at least one is needed.", () => Dataset.From(Array.Empty<double[]>(), Array.Empty<double>()) },
        { "features", "There are no samples: at least one is needed.", () => Dataset.From(new double[0, 3], []) },
        { "features", "There are no samples: at least one is needed.", () => Dataset.From([], 4, []) },
        { "features", "There are no samples: at least one is needed.", () => Dataset.From(Array.Empty<int>(), _ => [1.0], _ => 1) },
        { "features", "Row 0 has no features: at least one is needed.", () => Dataset.From([[], []], [1.0, 2]) },
        { "features", "Row 0 has no features: at least one is needed.", () => Dataset.From(new double[2, 0], [1.0, 2]) },
        { "targets", "Row 0 has no targets: at least one is needed.", () => Dataset.From([[1.0]], [Array.Empty<double>()]) },
        { "targets", "There are 2 targets for 3 rows of features: the counts must be equal.", () => Dataset.From([1.0, 2, 3], [1, 2]) },
        { "targets", "There are 2 targets for 3 rows of features: the counts must be equal.", () => Dataset.From(_good, [1.0, 2]) },
        { "targets", "There are 1 targets for 3 rows of features: the counts must be equal.", () => Dataset.From(_good, [[1.0]]) },
        { "targets", "There are 4 targets for 2 rows of features: the counts must be equal.",
            () => Dataset.From(new double[2, 2], [1, 2, 3, 4]) },
        { "features", "features has 5 numbers, which is not a whole number of rows of 2.", () => Dataset.From([1, 2, 3, 4, 5], 2, [1, 2]) },
        { "featureCount", "featureCount is 0: it must be at least 1.", () => Dataset.From([1, 2], 0, [1, 2]) },
        { "features", "Row 1 of features has 1 numbers, row 0 has 2: all rows must be equally long.",
            () => Dataset.From([[1, 2], [3], [5, 6]], _y) },
        { "features", "Row 2 of features has 3 numbers, row 0 has 2: all rows must be equally long.",
            () => Dataset.From([[1, 2], [3, 4], [5, 6, 7]], _y) },
        { "targets", "Row 1 of targets has 1 numbers, row 0 has 2: all rows must be equally long.",
            () => Dataset.From([[1.0], [2]], [[1.0, 2], [3]]) },
        { "features", "Row 1, column 0 ('x1') of features is NaN: it must be finite.",
            () => Dataset.From([[1, 2], [double.NaN, 4], [5, 6]], _y) },
        { "features", "Row 2, column 1 ('b') of features is -Infinity: it must be finite.",
            () => Dataset.From([[1, 2], [3, 4], [5, double.NegativeInfinity]], _y, null, ["a", "b"]) },
        { "features", "Row 1, column 0 ('x') of features is Infinity: it must be finite.",
            () => Dataset.From([1, double.PositiveInfinity, 3], _y) },
        { "targets", "Row 2, column 0 ('y') of targets is NaN: it must be finite.", () => Dataset.From(_good, [1, 2, double.NaN]) },
        { "targets", "Row 0, column 1 ('y2') of targets is Infinity: it must be finite.",
            () => Dataset.From([[1.0]], [[1.0, double.PositiveInfinity]]) },
        { "weights", "There are 2 weights for 3 samples: each sample needs one.", () => Dataset.From(_good, _y, [1, 2]) },
        { "weights", "There are 0 weights for 3 samples: each sample needs one.", () => Dataset.From(_good, _y, []) },
        { "weights", "weights[1] is -0.5: it must be finite and at least 0.", () => Dataset.From(_good, _y, [1, -0.5, 1]) },
        { "weights", "weights[2] is NaN: it must be finite and at least 0.", () => Dataset.From(_good, _y, [1, 1, double.NaN]) },
        { "weights", "weights[0] is Infinity: it must be finite and at least 0.",
            () => Dataset.From(_good, _y, [double.PositiveInfinity, 1, 1]) },
        { "weights", "All weights are 0: at least one must be greater.", () => Dataset.From(_good, _y, [0, 0, 0]) },
        { "weights", "The sum of the weights is too large for a double: divide all weights by the largest one.",
            () => Dataset.From(_good, _y, [1e308, 0, 1e308]) },
        { "featureNames", "There are 1 names for 2 columns: each column needs one.", () => Dataset.From(_good, _y, null, ["a"]) },
        { "targetNames", "There are 2 names for 1 columns: each column needs one.",
            () => Dataset.From([[1.0]], [[1.0]], null, null, ["a", "b"]) },
        { "sample", "sample is -1: it must be from 0 to 2.", () => Dataset.From(_good, _y).Features(-1) },
        { "sample", "sample is 3: it must be from 0 to 2.", () => Dataset.From(_good, _y).Targets(3) },
        { "sample", "sample is 3: it must be from 0 to 2.", () => Dataset.From(_good, _y).Weight(3) },
        { "sample", "sample is 7: it must be from 0 to 2.", () => Dataset.From(_good, _y).Select(0, 7) },
        { "samples", "There are no samples: at least one is needed.", () => Dataset.From(_good, _y).Select() },
        { "samples", "All selected samples have weight 0: at least one weight must be greater.",
            () => Dataset.From(_good, _y, [0, 1, 0]).Select(0, 2) },
        { "fraction", "fraction is 0: it must be greater than 0 and less than 1.", () => Dataset.From(_good, _y).Split(0) },
        { "fraction", "fraction is 1: it must be greater than 0 and less than 1.", () => Dataset.From(_good, _y).Split(1) },
        { "fraction", "fraction is NaN: it must be greater than 0 and less than 1.", () => Dataset.From(_good, _y).Split(double.NaN) },
        { "fraction", "0.1 of 3 samples is 0: both parts need at least one sample.", () => Dataset.From(_good, _y).Split(0.1) },
        { "fraction", "0.9 of 3 samples is 3: both parts need at least one sample.", () => Dataset.From(_good, _y).Split(0.9) },
        { "fraction", "0.5 of 1 sample is 1: both parts need at least one sample.", () => Dataset.From([1.0], [2]).Split(0.5) },
        { "fraction", "0.5 of 1 sample is 1: both parts need at least one sample.", () => Dataset.From([1.0], [2]).SplitByClass(0.5) },
        { "fraction", "0.5 of 3 samples: 1 of them has a weight above 0, and both parts need one.",
            () => Dataset.From(_good, _y, [0, 1, 0]).Split(0.5) },
        { "fraction", "0.5 of 3 samples: 2 of them, each of another class, have a weight above 0. The second part keeps these",
            () => Dataset.From(_good, [0, 1, 1], [1.0, 1, 0]).SplitByClass(0.5) },
        { "features", "Value cannot be null.", () => Dataset.From((double[])null!, _y) },
        { "targets", "Value cannot be null.", () => Dataset.From(_good, (double[])null!) },
        { "items", "Value cannot be null.", () => Dataset.From((IEnumerable<int>)null!, _ => [1.0], _ => 1) },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public void Dataset_BadInput_NamesWhatIsWrongInEveryCulture(string argument, string expected, Action act)
    {
        act.Should().Throw<ArgumentException>().Which.ParamName.Should().Be(argument);
        Cultures.MessageInEveryCulture(act).Should().StartWith(expected);
    }
}
