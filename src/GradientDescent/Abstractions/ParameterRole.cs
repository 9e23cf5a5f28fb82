namespace GradientDescent;

/// <summary>The part that a block of parameters plays in a model.</summary>
public enum ParameterRole
{
    /// <summary>Weights: what multiplies inputs. Penalties and weight decay act on them.</summary>
    Weight,

    /// <summary>Biases or intercepts: what is added. Penalties and weight decay leave them free unless asked.</summary>
    Bias,

    /// <summary>Anything else, such as scales or positions. Treated as weights unless a rule says otherwise.</summary>
    Other,
}
