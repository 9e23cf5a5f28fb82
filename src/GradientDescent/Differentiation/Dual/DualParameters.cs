using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>Up to eight parameters as dual numbers, each with its own lane.</summary>
internal sealed class DualParameters
{
    private Dual[] _parameters = [];

    /// <summary>The parameters with the given values.</summary>
    public ReadOnlySpan<Dual> At(ReadOnlySpan<double> values)
    {
        if (_parameters.Length != values.Length)
            Create(values.Length);
        Dual[] parameters = _parameters;
        for (int i = 0; i < parameters.Length; i++)
            Dual.SetValue(ref parameters[i], values[i]);
        return parameters;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // its locals would be cleared in each call of At
    private void Create(int count)
    {
        _parameters = new Dual[count];
        for (int i = 0; i < count; i++)
            _parameters[i] = Dual.Parameter(0, i);
    }
}
