using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Interop;

public sealed class MathNetDatasetsTests
{
    private static readonly Matrix<double> _features = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });

    [Fact]
    public void ToDataset_DenseMatrixAndVector_TakesRowsAsSamples()
    {
        Dataset data = _features.ToDataset(Vector<double>.Build.Dense([10, 20, 30]), Vector<double>.Build.Dense([1, 0, 2.5]));

        data.ToString().Should().Be("3 samples, 2 features, 1 target, weighted");
        data.Features(1).ToArray().Should().Equal(3, 4);
        Enumerable.Range(0, 3).Select(i => (data.Targets(i)[0], data.Weight(i))).Should().Equal((10, 1), (20, 0), (30, 2.5));
    }

    [Fact]
    public void ToDataset_TwoDenseMatrices_TakesSeveralTargets()
    {
        Dataset data = _features.ToDataset(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }));

        data.TargetCount.Should().Be(2);
        data.HasWeights.Should().BeFalse();
        data.Targets(2).ToArray().Should().Equal(5, 6);
    }

    [Fact]
    public void ToDataset_MatrixChangedLater_KeepsItsCopy()
    {
        Matrix<double> features = _features.Clone();
        Dataset data = features.ToDataset(Vector<double>.Build.Dense(3));

        features[0, 0] = -1;

        data.Features(0)[0].Should().Be(1);
    }

    public static TheoryData<string, string, Action> BadInput => new()
    {
        { "features", "features is a 3×3 matrix that is not dense*",
            () => Matrix<double>.Build.DiagonalIdentity(3).ToDataset(Vector<double>.Build.Dense(3)) },
        { "feature", "feature is a SparseVector of 3: it must be dense*",
            () => Vector<double>.Build.Sparse(3).ToDataset(Vector<double>.Build.Dense(3)) },
        { "feature", "Value cannot be null*", () => ((Vector<double>)null!).ToDataset(Vector<double>.Build.Dense(3)) },
        { "targets", "targets is a 3×2 matrix that is not dense*", () => _features.ToDataset(Matrix<double>.Build.Sparse(3, 2)) },
        { "targets", "targets is a SparseVector of 3: it must be dense*", () => _features.ToDataset(Vector<double>.Build.Sparse(3)) },
        { "weights", "weights is a SparseVector of 3: it must be dense*",
            () => _features.ToDataset(Vector<double>.Build.Dense(3), Vector<double>.Build.Sparse(3)) },
        { "weights", "weights is a SparseVector of 3: it must be dense*",
            () => _features.ToDataset(_features, Vector<double>.Build.Sparse(3)) },
        { "targets", "There are 2 targets for 3 rows of features*", () => _features.ToDataset(Vector<double>.Build.Dense(2)) },
        { "weights", "There are 2 weights for 3 samples*",
            () => _features.ToDataset(Vector<double>.Build.Dense(3), Vector<double>.Build.Dense(2)) },
        { "features", "Row 0, column 1 ('x2') of features is NaN*",
            () => Matrix<double>.Build.DenseOfArray(new double[,] { { 1, double.NaN } }).ToDataset(Vector<double>.Build.Dense(1)) },
        { "features", "Value cannot be null*", () => ((Matrix<double>)null!).ToDataset(Vector<double>.Build.Dense(3)) },
        { "targets", "Value cannot be null*", () => _features.ToDataset((Vector<double>)null!) },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public void ToDataset_BadInput_NamesTheArgument(string argument, string expected, Action act) =>
        act.Should().Throw<ArgumentException>().WithMessage(expected).Which.ParamName.Should().Be(argument);

    [Fact]
    public void SparseMatrix_GivesASparseDataSetOfTheSameNumbers()
    {
        double[,] numbers = { { 0, 2, 0 }, { 0, 0, 0 }, { -1, 0, 4 } };
        Vector<double> targets = Vector<double>.Build.Dense([1, 2, 3]), weights = Vector<double>.Build.Dense([1, 0, 2]);

        Dataset data = Matrix<double>.Build.SparseOfArray(numbers).ToDataset(targets, weights);

        data.IsSparse.Should().BeTrue();
        data.ToString().Should().Be("3 samples, 3 features, 3 numbers not 0, 1 target, weighted");
        Dataset dense = Matrix<double>.Build.DenseOfArray(numbers).ToDataset(targets, weights);
        for (int i = 0; i < 3; i++)
            data.Features(i).ToArray().Should().Equal(dense.Features(i).ToArray());
        ((Action)(() => Matrix<double>.Build.Sparse(3, 2).ToDataset(Vector<double>.Build.Dense(2)))).Should().Throw<ArgumentException>()
            .WithMessage("There are 2 targets for 3 rows of features*");
    }
}
