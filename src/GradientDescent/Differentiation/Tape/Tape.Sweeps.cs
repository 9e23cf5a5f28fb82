using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent;

// From the recorded nodes to derivatives.
internal sealed partial class Tape
{
    // The initial adjoint. It differs from all adjoints that a sweep has reached, except by products with zeros. So what the result does
    // not depend on is left out, also where its derivatives are infinite or NaN.
    private const double Unreached = -0.0;

    private double[] _adjoints = [];

    /// <summary>Prepares the adjoints of the parameters for sweeps that are added up.</summary>
    public void ClearAdjoints(int parameterCount)
    {
        if (_adjoints.Length <= parameterCount)
            _adjoints = new double[parameterCount + 1];
        _adjoints.AsSpan(0, parameterCount + 1).Fill(Unreached);
    }

    /// <summary>Adds the derivatives of a node, times a weight, to the adjoints of the parameters.</summary>
    public void Sweep(int last, double weight)
    {
        if (last == 0)
            return; // a constant
        if (_adjoints.Length < _nodes.Length)
            Array.Resize(ref _adjoints, _nodes.Length);
        if (last <= ParameterCount)
        {
            _adjoints[last] += weight;
            return;
        }

        _adjoints.AsSpan(ParameterCount + 1, last - ParameterCount).Fill(Unreached);
        _adjoints[last] = weight;
        SweepBack(last);
    }

    /// <summary>Writes the adjoints of the parameters.</summary>
    public void ReadGradient(Span<double> gradient)
    {
        ReadOnlySpan<double> adjoints = _adjoints.AsSpan(1, gradient.Length);
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = adjoints[i] + 0.0; // −0 becomes 0
    }

    /// <summary>Adds the adjoints of the parameters to a gradient.</summary>
    public void AddGradient(Span<double> gradient)
    {
        ReadOnlySpan<double> adjoints = _adjoints.AsSpan(1, gradient.Length);
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] += adjoints[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SweepBack(int last)
    {
        ref TapeNode nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        ref double adjoints = ref MemoryMarshal.GetArrayDataReference(_adjoints);
        for (nint k = last, first = ParameterCount; k > first; k--)
        {
            double adjoint = Unsafe.Add(ref adjoints, k);
            if (BitConverter.DoubleToInt64Bits(adjoint) == long.MinValue)
                continue;
            ref TapeNode node = ref Unsafe.Add(ref nodes, k);
            int rightAndKind = node.RightAndKind;
            nint left = node.Left;
            if (rightAndKind == TapeNode.Unary)
            {
                Unsafe.Add(ref adjoints, left) += node.First * adjoint;
                continue;
            }

            if (rightAndKind == TapeNode.Group)
            {
                SweepGroup((int)left, adjoint);
                continue;
            }

            double right = node.Second * adjoint;
            Unsafe.Add(ref adjoints, left) += node.First * adjoint;
            Unsafe.Add(ref adjoints, (nint)(rightAndKind >> TapeNode.KindBits)) += right;
        }
    }
}
