namespace GradientDescent;

/// <summary>Up to eight parameters as dual numbers, each with its own lane.</summary>
internal sealed class DualParameters
{
    private Dual[] _parameters = [];

    /// <summary>The parameters with the given values.</summary>
    public ReadOnlySpan<Dual> At(ReadOnlySpan<double> values)
    {
        if (_parameters.Length != values.Length)
        {
            _parameters = new Dual[values.Length];
            for (int i = 0; i < values.Length; i++)
                _parameters[i] = Dual.Parameter(0, i);
        }

        Dual[] parameters = _parameters;
        for (int i = 0; i < parameters.Length; i++)
            Dual.SetValue(ref parameters[i], values[i]);
        return parameters;
    }
}
