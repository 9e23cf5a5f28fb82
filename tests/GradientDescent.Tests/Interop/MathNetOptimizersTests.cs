using GradientDescent.Tests.Contracts;
using GradientDescent.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Interop;

public sealed class MathNetOptimizersTests
{
    public static TheoryData<string> Names => [.. AllOptimizers.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_OfDenseVectors_GivesTheBitsOfArrays(string name)
    {
        IOptimizer onVectors = AllOptimizers.ByName[name](), onArrays = AllOptimizers.ByName[name]();
        double[] array = [1, -2, 3];
        Vector<double> vector = Vector<double>.Build.DenseOfArray(array);
        for (int i = 0; i < 5; i++)
        {
            onVectors.Update(vector, 2 * vector);
            onArrays.Update(array, [2 * array[0], 2 * array[1], 2 * array[2]]);
        }

        vector.Should().Equal(array);
    }

    [Fact]
    public void Update_ChangesTheVectorsOwnArray()
    {
        double[] numbers = [1, 2];
        float[] narrow = [1, 2];

        new SGD(0.5).Update(Vector<double>.Build.Dense(numbers), Vector<double>.Build.Dense([2, 2]));
        new SGD(0.5).Update(Vector<float>.Build.Dense(narrow), Vector<float>.Build.Dense([2, 2]), learningRate: 0.25);

        numbers.Should().Equal(0, 1);
        narrow.Should().Equal(0.5f, 1.5f);
    }

    [Fact]
    public void Update_AfterTheFirst_AllocatesNothing()
    {
        var adam = new Adam();
        Vector<double> parameters = Vector<double>.Build.Dense(100, 1), gradient = Vector<double>.Build.Dense(100, 0.1);
        adam.Update(parameters, gradient);

        AllocatedBytes.Of(() => adam.Update(parameters, gradient)).Should().Be(0);
    }

    private static readonly Vector<double> _dense = Vector<double>.Build.Dense(3);

    public static TheoryData<string, string, Action> BadInput => new()
    {
        { "parameters", "parameters is a SparseVector of 3: it must be dense; copy it into a dense vector first if it fits.*",
            () => new SGD().Update(Vector<double>.Build.Sparse(3), _dense) },
        { "gradient", "gradient is a SparseVector of 3: it must be dense*",
            () => new SGD().Update(_dense, Vector<double>.Build.Sparse(3)) },
        { "gradient", "gradient is a SparseVector of 3: it must be dense*",
            () => new SGD().Update(Vector<float>.Build.Dense(3), Vector<float>.Build.Sparse(3)) },
        { "gradient", "gradient has 2 entries, parameters have 3*", () => new SGD().Update(_dense, Vector<double>.Build.Dense(2)) },
        { "learningRate", "learningRate is -1*", () => new SGD().Update(_dense, _dense, -1) },
        { "parameters", "Value cannot be null*", () => new SGD().Update((Vector<double>)null!, _dense) },
        { "optimizer", "Value cannot be null*", () => ((IOptimizer)null!).Update(_dense, _dense) },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public void Update_BadInput_NamesTheArgument(string argument, string expected, Action act) =>
        act.Should().Throw<ArgumentException>().WithMessage(expected).Which.ParamName.Should().Be(argument);
}
