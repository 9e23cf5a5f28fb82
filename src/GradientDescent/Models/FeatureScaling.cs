using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>What a fit does to the features of a linear model before training; afterwards the coefficients are mapped
/// back to the user's units.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeatureScaling>))]
public enum FeatureScaling
{
    /// <summary>
    /// Each column is centred and divided by its standard deviation, and for regression the targets too, so that raw data converges at
    /// usual learning rates. Without an intercept nothing is centred: columns are divided by their root mean square. With an intercept, a
    /// constant column gets the coefficient 0. Sparse columns are not centred, which would make them dense: they are divided by their root
    /// mean square.
    /// </summary>
    Standardize,

    /// <summary>Nothing: the textbook method.</summary>
    None,

    /// <summary>
    /// The standardized columns are replaced by an orthonormal basis of the space that they span, in which squared error has the same
    /// curvature in all directions; with an L2 penalty this holds for the sum of both. The basis comes from the inner products of the
    /// columns, or from a thin QR decomposition or singular values where the columns are few, ill-conditioned or linearly dependent. A
    /// penalty on absolute values is refused. For ill-conditioned data; costs about 2nd² operations and a copy of the data.
    /// </summary>
    Decorrelate,

    /// <summary>
    /// Each column is divided by its largest magnitude and not centred, so zeros stay zeros and columns of zeros and ones stay as they are;
    /// for regression the targets are standardised. The default for sparse data, where the root mean square of a rare column is so small
    /// that its few numbers would become large.
    /// </summary>
    LargestMagnitude,
}
