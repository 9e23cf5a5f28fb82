namespace GradientDescent.Onnx;

/// <summary>The type of the elements of a tensor, with the numbers of onnx.proto.</summary>
internal enum OnnxType
{
    Int64 = 7,
    String = 8,
    Double = 11,
}
