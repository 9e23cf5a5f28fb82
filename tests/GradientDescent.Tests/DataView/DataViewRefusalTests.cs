using GradientDescent.DataView;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GradientDescent.Tests.DataView;

public class DataViewRefusalTests
{
    private static readonly MLContext _ml = new(seed: 1);

    private static DataFrame Frame => new(
        new DoubleDataFrameColumn("x", [1, 2, 3]),
        new StringDataFrameColumn("city", ["a", "b", "a"]),
        new DoubleDataFrameColumn("y", [2, 4, 7]));

    [Fact]
    public void ToDataset_UnknownColumn_NamesThoseOfTheView()
    {
        Action label = () => Frame.ToDataset();
        Action features = () => Frame.ToDataset("y", ["x", "z"]);
        Action weight = () => Frame.ToDataset("y", ["x"], weight: "w");

        label.Should().Throw<ArgumentException>().WithMessage("*no column 'Label'*'x', 'city', 'y'*").WithParameterName("label");
        features.Should().Throw<ArgumentException>().WithMessage("*no column 'z'*'x', 'city', 'y'*").WithParameterName("features");
        weight.Should().Throw<ArgumentException>().WithMessage("*no column 'w'*'x', 'city', 'y'*").WithParameterName("weight");
    }

    [Fact]
    public void ToDataset_Text_IsRefusedByNameWithWhatToDo()
    {
        Action features = () => Frame.ToDataset("y");
        Action label = () => Frame.ToDataset("city", ["x"]);

        features.Should().Throw<ArgumentException>().WithMessage("Column 'city'*FeatureEncoding*ToCsvTable*").WithParameterName("features");
        label.Should().Throw<ArgumentException>().WithMessage("Column 'city'*MapValueToKey*").WithParameterName("label");
    }

    [Fact]
    public void ToDataset_ColumnsTwice_AreRefused()
    {
        Action twice = () => Frame.ToDataset("y", ["x", "x"]);
        Action asLabel = () => Frame.ToDataset("y", ["x", "y"]);
        Action none = () => Frame.ToDataset("y", Array.Empty<string>());

        twice.Should().Throw<ArgumentException>().WithMessage("*named twice*");
        asLabel.Should().Throw<ArgumentException>().WithMessage("Column 'y' is a feature and the label*");
        none.Should().Throw<ArgumentException>().WithMessage("*no columns of features*");
    }

    [Fact]
    public void ToDataset_NaNAndInfinity_AreRefusedByRowAndColumn()
    {
        Action nan = () => new ListView([1, double.NaN]).ToDataset("y");
        Action infinity = () => new DataFrame(
            new SingleDataFrameColumn("x", [1, 2]), new SingleDataFrameColumn("y", [1, float.PositiveInfinity])).ToDataset("y");

        nan.Should().Throw<InvalidDataException>().WithMessage("Row 1, column 'x' is NaN, a missing value: it must be finite.");
        infinity.Should().Throw<InvalidDataException>().WithMessage("Row 1, column 'y' is Infinity: it must be finite.");
    }

    [Fact]
    public void ToDataset_NaNInAVector_NamesTheSlot()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new Row { Features = [1, 2] }, new Row { Features = [3, float.NaN] }]);
        Action act = () => view.ToDataset();

        act.Should().Throw<InvalidDataException>().WithMessage("Row 1, column 'Features', slot 'Features.1', is NaN*");
    }

    [Fact]
    public void ToDataset_NullOfADataFrame_IsRefusedByRowAndColumn()
    {
        var frame = new DataFrame(new Int32DataFrameColumn("x", [1, 2, null]), new DoubleDataFrameColumn("y", [1, 2, 3]));
        Action act = () => frame.ToDataset("y");

        act.Should().Throw<InvalidDataException>().WithMessage("Row 2, column 'x' is null*");
    }

    [Fact]
    public void ToDataset_MissingKey_IsRefused()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new Row { City = "a", Features = [1, 2] }, new Row { City = "", Features = [1, 3] }]);
        IDataView keys = _ml.Transforms.Conversion.MapValueToKey("Class", "City").Fit(view).Transform(view);
        Action label = () => keys.ToDataset("Class");
        Action feature = () => keys.ToDataset("Label", "Class");
        Action noNames = () => keys.KeyLabels("Label");

        label.Should().Throw<InvalidDataException>().WithMessage("Row 1, column 'Class' has the key 0*");
        feature.Should().Throw<ArgumentException>().WithMessage("Column 'Class'*MapKeyToVector*");
        noNames.Should().Throw<ArgumentException>().WithMessage("Column 'Label'*keys with names*");
    }

    [Fact]
    public void ToDataset_VectorOfUnknownSize_IsRefused()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new Loose { Features = [1] }]);
        Action features = () => view.ToDataset();
        Action label = () => view.ToDataset("Features", ["Label"]);

        features.Should().Throw<ArgumentException>().WithMessage("Column 'Features'*size of a vector must be fixed*");
        label.Should().Throw<ArgumentException>().WithMessage("Column 'Features' is a vector*single numbers*");
    }

    [Fact]
    public void ToDataset_Weights_MustBeValid()
    {
        static Action With(params double?[] weights) => () => new DataFrame(
            new DoubleDataFrameColumn("x", [1, 2]), new DoubleDataFrameColumn("y", [1, 2]),
            new DoubleDataFrameColumn("w", weights)).ToDataset("y", weight: "w");

        With(1, -2).Should().Throw<InvalidDataException>().WithMessage("Row 1, column 'w' is -2: a weight must be finite and at least 0.");
        With(0, 0).Should().Throw<InvalidDataException>().WithMessage("All weights of column 'w' are 0*");
        With(1, null).Should().Throw<InvalidDataException>().WithMessage("Row 1, column 'w' is null*");
    }

    [Fact]
    public void ToDatasetAndToCsvTable_EmptyView_AreRefused()
    {
        Action data = () => new ListView([]).ToDataset("y");
        Action table = () => new ListView([]).ToCsvTable();

        data.Should().Throw<InvalidDataException>().WithMessage("The view has no rows*");
        table.Should().Throw<InvalidDataException>().WithMessage("*the view*no*rows*");
    }

    private sealed class Row
    {
        public float Label { get; set; }

        public string City { get; set; } = "";

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Loose
    {
        public float Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
