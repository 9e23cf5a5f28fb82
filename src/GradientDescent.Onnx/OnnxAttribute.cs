namespace GradientDescent.Onnx;

/// <summary>A setting of an operator. The numbers of fields are those of onnx.proto.</summary>
internal readonly struct OnnxAttribute
{
    private const int IntegerType = 2, IntegersType = 7, StringsType = 8;

    public OnnxAttribute(string name, long value) =>
        Message = new ProtobufMessage().Add(1, name).Add(3, value).Add(20, IntegerType);

    public OnnxAttribute(string name, IEnumerable<long> values)
    {
        Message = new ProtobufMessage().Add(1, name);
        foreach (long value in values)
            Message.Add(8, value);
        Message.Add(20, IntegersType);
    }

    public OnnxAttribute(string name, IEnumerable<string> values)
    {
        Message = new ProtobufMessage().Add(1, name);
        foreach (string value in values)
            Message.Add(9, value);
        Message.Add(20, StringsType);
    }

    public ProtobufMessage Message { get; }
}
