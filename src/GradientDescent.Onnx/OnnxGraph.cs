using System.Runtime.InteropServices;

namespace GradientDescent.Onnx;

/// <summary>A graph of operators that grows by one node at a time. The numbers of fields are those of onnx.proto.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The operators of machine learning: encoders and the like.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    private const int IrVersion = 8, StandardVersion = 17, MachineLearningVersion = 3;
    private const string BatchSize = "N";

    private readonly List<ProtobufMessage> _nodes = [];
    private readonly List<ProtobufMessage> _constants = [];
    private readonly List<ProtobufMessage> _inputs = [];
    private readonly List<ProtobufMessage> _outputs = [];
    private readonly HashSet<string> _names = [];

    /// <summary>Adds an input of one row for each sample.</summary>
    public string Input(string name, OnnxType type, int columns)
    {
        _names.Add(name);
        _inputs.Add(Value(name, type, columns));
        return name;
    }

    /// <summary>Makes the result of a node an output of the graph, and returns its name: another one if an input has it.</summary>
    /// <param name="name">The name of the output.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="columns">The number of columns; <see langword="null"/>: one number or label for each sample, without columns.</param>
    /// <param name="node">Adds the node whose result has the given name.</param>
    public void Output(string name, OnnxType type, int? columns, Action<string> node)
    {
        while (!_names.Add(name))
            name += "_";
        _outputs.Add(Value(name, type, columns));
        node(name);
    }

    /// <summary>Adds a matrix of constants and returns its name.</summary>
    public string Constant(ReadOnlySpan<double> numbers, params ReadOnlySpan<long> shape) =>
        Constant(OnnxType.Double, MemoryMarshal.AsBytes(numbers).ToArray(), shape);

    /// <summary>Adds a vector of whole numbers and returns its name.</summary>
    public string Constant(params ReadOnlySpan<long> numbers) =>
        Constant(OnnxType.Int64, MemoryMarshal.AsBytes(numbers).ToArray(), numbers.Length);

    /// <summary>Adds a node with one result and returns the result's name.</summary>
    public string Node(string operation, string[] inputs, OnnxAttribute[]? attributes = null, string domain = "", string? result = null)
    {
        result ??= NewName(operation);
        var node = new ProtobufMessage();
        foreach (string input in inputs)
            node.Add(1, input);
        node.Add(2, result).Add(3, $"{operation}_{_nodes.Count}").Add(4, operation)
            .AddAll(5, (attributes ?? []).Select(attribute => attribute.Message));
        if (domain.Length > 0)
            node.Add(7, domain);
        _nodes.Add(node);
        return result;
    }

    /// <summary>Returns the file.</summary>
    /// <param name="name">The name of the graph.</param>
    /// <param name="producer">The name of the program that writes the file.</param>
    /// <param name="description">A description for people.</param>
    public byte[] ToBytes(string name, string producer, string description)
    {
        ProtobufMessage graph = new ProtobufMessage().AddAll(1, _nodes).Add(2, name).AddAll(5, _constants).Add(10, description)
            .AddAll(11, _inputs).AddAll(12, _outputs);
        return new ProtobufMessage().Add(1, IrVersion).Add(2, producer).Add(7, graph)
            .Add(8, new ProtobufMessage().Add(1, "").Add(2, StandardVersion))
            .Add(8, new ProtobufMessage().Add(1, MachineLearning).Add(2, MachineLearningVersion))
            .ToArray();
    }

    private string Constant(OnnxType type, byte[] bytes, params ReadOnlySpan<long> shape)
    {
        string name = NewName("constant");
        var tensor = new ProtobufMessage();
        foreach (long length in shape)
            tensor.Add(1, length);
        _constants.Add(tensor.Add(2, (long)type).Add(8, name).Add(9, bytes));
        return name;
    }

    /// <summary>Returns a name that no column, result or constant has.</summary>
    private string NewName(string kind)
    {
        string name = FormattableString.Invariant($"gd.{kind}.{_names.Count}");
        while (!_names.Add(name))
            name += "_";
        return name;
    }

    private static ProtobufMessage Value(string name, OnnxType type, int? columns)
    {
        ProtobufMessage shape = new ProtobufMessage().Add(1, new ProtobufMessage().Add(2, BatchSize));
        if (columns is { } count)
            shape.Add(1, new ProtobufMessage().Add(1, count));
        ProtobufMessage tensor = new ProtobufMessage().Add(1, (long)type).Add(2, shape);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
