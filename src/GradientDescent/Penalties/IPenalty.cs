namespace GradientDescent;

/// <summary>A price on large coefficients: λ₁‖w‖₁ + (λ₂/2)‖w‖², added to the mean loss.</summary>
/// <remarks>
/// It acts on the coefficients in the user's units, whatever a fit scales inside; intercepts are free unless asked for. The part with ‖w‖₁ has a kink at 0: it reaches an optimizer as the gradient
/// mapping G = (θ − prox(θ − τg))/τ, which is 0 exactly at the optimum, so that every rule ends at the right point, and one proximal step forms what is returned, so that zeros are exact.
/// Parikh and Boyd, "Proximal Algorithms", 2014, section 4.2.
/// </remarks>
public interface IPenalty
{
    /// <summary>λ₁ of ‖w‖₁ = Σ|w|; finite and at least 0.</summary>
    double L1Strength { get; }

    /// <summary>λ₂ of ½‖w‖² = ½Σw²; finite and at least 0.</summary>
    double L2Strength { get; }

    /// <summary>Whether intercepts are penalised too.</summary>
    bool OnIntercepts { get; }
}
