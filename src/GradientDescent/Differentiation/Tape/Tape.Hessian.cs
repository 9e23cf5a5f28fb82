namespace GradientDescent;

// Products with the Hessian: the derivative of the reverse sweep along a direction.
internal sealed partial class Tape
{
    private double[] _tangents = [];
    private double[] _adjointTangents = [];

    /// <summary>Writes the product of the Hessian of a node and a vector.</summary>
    /// <remarks>
    /// Each node has a tangent, its derivative along the direction. The sweep back carries adjoints and their tangents (Griewank and
    /// Walther, "Evaluating Derivatives", 2008, section 5.2).
    /// </remarks>
    public void MultiplyHessian(int last, ReadOnlySpan<double> direction, Span<double> product)
    {
        if (last <= ParameterCount)
        {
            product.Clear(); // a constant or a parameter
            return;
        }

        Reserve(ref _adjoints);
        Reserve(ref _tangents);
        Reserve(ref _adjointTangents);
        _tangents[0] = 0;
        direction.CopyTo(_tangents.AsSpan(1));
        SweepForward(last);
        _adjoints.AsSpan(0, last + 1).Fill(Unreached);
        _adjointTangents.AsSpan(0, last + 1).Fill(Unreached);
        _adjoints[last] = 1;
        for (int k = last; k > ParameterCount; k--)
            SweepSecondOrder(in _nodes[k], k);
        for (int i = 0; i < product.Length; i++)
            product[i] = _adjointTangents[i + 1] + 0.0;
    }

    private void Reserve(ref double[] array)
    {
        if (array.Length < _nodes.Length)
            array = new double[_nodes.Length];
    }

    private void SweepForward(int last)
    {
        double[] tangents = _tangents;
        for (int k = ParameterCount + 1; k <= last; k++)
        {
            ref TapeNode node = ref _nodes[k];
            switch (node.Kind)
            {
                case TapeNode.Unary:
                    tangents[k] = Times(node.First, tangents[node.Left]);
                    break;
                case TapeNode.Group:
                    tangents[k] = TangentOf(in _groups[node.Left]);
                    break;
                default:
                    tangents[k] = Times(node.First, tangents[node.Left]) + Times(node.Second, tangents[node.Right]);
                    if (node.Kind == TapeNode.General)
                        k++; // over its second derivatives
                    break;
            }
        }
    }

    private void SweepSecondOrder(in TapeNode node, int k)
    {
        double a = _adjoints[k], b = _adjointTangents[k];
        if (BitConverter.DoubleToInt64Bits(a) == long.MinValue && BitConverter.DoubleToInt64Bits(b) == long.MinValue)
            return;
        if (node.Kind == TapeNode.Group)
        {
            SweepGroup(node.Left, a);
            SweepSecondOrder(in _groups[node.Left], a, b);
            return;
        }

        (double p, double q) = (node.First, node.Second);
        int left = node.Left, right = node.Right;
        _adjoints[left] += p * a;
        double x = _tangents[left];
        if (node.Kind == TapeNode.Unary)
        {
            _adjointTangents[left] += p * b + Times(q, x) * a;
            return;
        }

        double y = _tangents[right];
        (double xx, double xy, double yy) = SecondDerivatives(in node, k);
        _adjoints[right] += q * a;
        _adjointTangents[left] += p * b + (Times(xx, x) + Times(xy, y)) * a;
        _adjointTangents[right] += q * b + (Times(xy, x) + Times(yy, y)) * a;
    }

    private (double XX, double XY, double YY) SecondDerivatives(in TapeNode node, int k) => node.Kind switch
    {
        TapeNode.Product => (0, 1, 0),
        TapeNode.Quotient => (0, -node.First * node.First, -2 * node.First * node.Second),
        TapeNode.General => (BitConverter.Int64BitsToDouble((uint)_nodes[k + 1].Left | (long)_nodes[k + 1].RightAndKind << 32),
            _nodes[k + 1].First, _nodes[k + 1].Second),
        _ => (0, 0, 0),
    };

    /// <summary>A derivative times a tangent. What does not change along the direction contributes nothing, even by ∞ or NaN.</summary>
    private static double Times(double derivative, double tangent) => tangent == 0 ? 0 : derivative * tangent;

    private double TangentOf(in TapeGroup group)
    {
        double sum = Gather(_tangents, group.Left, Numbers(group.LeftNumbers, group.Count));
        return group.Kind switch
        {
            GroupKind.Inner => sum + Gather(_tangents, group.Right, Numbers(group.RightNumbers, group.Count)),
            GroupKind.Squares => 2 * sum,
            _ => sum,
        };
    }

    private void SweepSecondOrder(in TapeGroup group, double a, double b)
    {
        ReadOnlySpan<double> numbers = Numbers(group.LeftNumbers, group.Count);
        Scatter(_adjointTangents, group.Left, group.Kind == GroupKind.Squares ? 2 * b : b, numbers);
        if (group.Kind == GroupKind.Weighted)
            return;
        if (group.Kind == GroupKind.Inner)
            Scatter(_adjointTangents, group.Right, b, Numbers(group.RightNumbers, group.Count));
        double along = group.Kind is GroupKind.Norm or GroupKind.LogSumExp ? Gather(_tangents, group.Left, numbers) : 0;
        for (int i = 0; i < group.Count; i++)
        {
            int left = NodeOf(group.Left, i);
            double x = _tangents[left];
            switch (group.Kind)
            {
                case GroupKind.Inner:
                    int right = NodeOf(group.Right, i);
                    _adjointTangents[left] += a * _tangents[right];
                    _adjointTangents[right] += a * x;
                    break;
                case GroupKind.Squares:
                    _adjointTangents[left] += 2 * a * x;
                    break;
                case GroupKind.Norm:
                    _adjointTangents[left] += a * (x - numbers[i] * along) * group.Reciprocal;
                    break;
                case GroupKind.LogSumExp:
                    _adjointTangents[left] += a * numbers[i] * (x - along);
                    break;
            }
        }
    }
}
