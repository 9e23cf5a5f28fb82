using System.Collections.Immutable;

namespace GradientDescent.Onnx;

/// <summary>The nodes that make the features of a model from its inputs.</summary>
/// <param name="Name">The name of the matrix of features.</param>
/// <param name="Positions">
/// For each column of the matrix the index of the feature of the model; <see langword="null"/> for the first level of a text column, which
/// is no feature of the model.
/// </param>
internal sealed record OnnxFeatures(string Name, ImmutableArray<int?> Positions)
{
    private const string MatrixName = "features";

    /// <exception cref="NotSupportedException">A column has dates or hashed words.</exception>
    public static OnnxFeatures Of(OnnxGraph graph, FeatureEncoding encoding)
    {
        if (encoding.Columns.FirstOrDefault(column => column is DateColumn) is { } dates)
            throw new NotSupportedException($"Column '{dates.Name}' has dates, and ONNX has no operator that reads dates.");
        if (encoding.Columns.FirstOrDefault(column => column is HashedColumn) is { } texts)
            throw new NotSupportedException(
                $"Column '{texts.Name}' has documents whose words are hashed, and ONNX has no operator that does it.");
        int count = encoding.FeatureCount;
        if (encoding.Columns.All(column => column is NumericColumn { Filling: null }))
            return new(graph.Input(MatrixName, OnnxType.Double, count), [.. Enumerable.Range(0, count).Select(index => (int?)index)]);

        List<string> parts = [];
        List<int?> positions = [];
        int feature = 0;
        foreach (FeatureColumn column in encoding.Columns)
        {
            parts.Add(column is CategoricalColumn category ? OneHot(graph, category) : Number(graph, (NumericColumn)column));
            if (column is CategoricalColumn)
                positions.Add(null);
            positions.AddRange(column.FeatureNames.Select(_ => (int?)feature++));
        }

        return new(graph.Node("Concat", [.. parts], [new("axis", 1)]), [.. positions]);
    }

    private static string Number(OnnxGraph graph, NumericColumn column)
    {
        string input = graph.Input(column.Name, OnnxType.Double, 1);
        return column.Filling is { } filling
            ? graph.Node("Where", [graph.Node("IsNaN", [input]), graph.Constant([filling], 1), input])
            : input;
    }

    private static string OneHot(OnnxGraph graph, CategoricalColumn column)
    {
        string input = graph.Input(column.Name, OnnxType.String, 1);
        string encoded = graph.Node(
            "OneHotEncoder", [input], [new("cats_strings", column.Levels), new("zeros", 0)], OnnxGraph.MachineLearning);
        string matrix = graph.Node("Reshape", [encoded, graph.Constant(-1L, column.Levels.Length)]);
        return graph.Node("Cast", [matrix], [new("to", (long)OnnxType.Double)]);
    }
}
