namespace GradientDescent;

/// <summary>What a fit does to the features of a linear model before training; the coefficients are mapped back afterwards.</summary>
public enum FeatureScaling
{
    /// <summary>
    /// Each column is centred and divided by its standard deviation, and for regression the targets too, so that raw data converges at usual rates. Without an
    /// intercept nothing is centred: columns are divided by their root mean square. A constant column beside an intercept gets coefficient 0.
    /// </summary>
    Standardize,

    /// <summary>Nothing: the textbook method.</summary>
    None,

    /// <summary>
    /// The standardised columns are replaced by an orthonormal basis of what they span (thin QR, by singular values where columns depend on each
    /// other), in which squared error curves equally in all directions; with an L2 penalty the two together do. A penalty on absolute values is refused. For ill-conditioned data; costs about 2nd²
    /// operations and a copy.
    /// </summary>
    Decorrelate,
}
