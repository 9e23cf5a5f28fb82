using Google.Protobuf;

namespace GradientDescent.Onnx;

/// <summary>The fields of one message of the protocol-buffer format. ONNX needs few of its messages, so none is generated.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<Action<CodedOutputStream>> _fields = [];

    public ProtobufMessage Add(int field, long value) => Add(field, WireFormat.WireType.Varint, output => output.WriteInt64(value));

    public ProtobufMessage Add(int field, string value) =>
        Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteString(value));

    public ProtobufMessage Add(int field, byte[] value) =>
        Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteBytes(ByteString.CopyFrom(value)));

    public ProtobufMessage Add(int field, ProtobufMessage message) => Add(field, message.ToArray());

    public ProtobufMessage AddAll(int field, IEnumerable<ProtobufMessage> messages)
    {
        foreach (ProtobufMessage message in messages)
            Add(field, message);
        return this;
    }

    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            _fields.ForEach(write => write(output));
        return bytes.ToArray();
    }

    private ProtobufMessage Add(int field, WireFormat.WireType type, Action<CodedOutputStream> write)
    {
        _fields.Add(output =>
        {
            output.WriteTag(field, type);
            write(output);
        });
        return this;
    }
}
